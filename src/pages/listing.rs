//! The listing of a kind: its entities in groups.

use super::head::{HeadParts, pagination};
use crate::kinds::{Group, KindId};
use crate::link::layout;
use crate::machine::Subject;
use crate::reader::{Reader, plural};
use crate::shown::{Listing, ListingGroup, ListingItem, ListingPage};
use crate::site::LONGEST_LIST;

/// A page of the listing of a kind; numbers start at 0.
pub(crate) fn page(reader: Reader<'_>, kind: KindId, number: usize) -> ListingPage {
    let first = reader.listing_path(kind);
    let edition = |lang: usize| Some(layout::part(&reader.in_language(lang).listing_path(kind), number));
    let listing = listing(reader, kind, number);
    let parts = HeadParts {
        kind: Some(kind.name()),
        crumbs: vec![reader.labels.home.clone()],
        subject: Subject::List(&listing, number * LONGEST_LIST),
        ..HeadParts::new("listing.html", layout::part(&first, number), plural(kind, reader.locale), &edition)
    };
    ListingPage {
        head: parts.head(reader),
        pagination: pagination(&first, number, listing.total),
        feed: layout::feed(kind, layout::ATOM).map(|path| layout::encoded(&path)),
        listing,
    }
}

/// The entries on a page of the listing of a kind.
fn listing(reader: Reader<'_>, kind: KindId, number: usize) -> Listing {
    let groups = reader.groups(kind);
    let several = groups.len() > 1;
    let label = match kind.spec().group {
        Group::Fact(label) => Some(label),
        Group::Month => Some("date"),
        Group::None => None,
    };
    let other = reader.locale.word("listing.other");
    // If a group spans several pages, each of them shows its heading.
    let (start, end) = (number * LONGEST_LIST, (number + 1) * LONGEST_LIST);
    let mut before = 0;
    let mut shown = Vec::new();
    for (key, entries) in groups.iter() {
        let (from, total) = (before, entries.len());
        before += total;
        let items = entries.iter().take(end.saturating_sub(from)).skip(start.saturating_sub(from));
        let items: Vec<ListingItem> =
            items.map(|ix| ListingItem { preview: reader.preview(*ix).clone() }).collect();
        if items.is_empty() {
            continue;
        }
        let heading = match key.last {
            true => other.filter(|_| several).map(str::to_owned),
            false => Some(key.heading.clone()),
        };
        shown.push(ListingGroup { heading, label: if key.last { None } else { label }, total, items });
    }
    Listing { kind: kind.name(), groups: shown, total: reader.orders.of_kind(kind).len() }
}
