//! The reference of what a template may read, for people who make themes: generated from the structs and
//! their comments.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use schemars::JsonSchema;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value};

use super::*;

/// The file that contains the reference, and the markers around it.
const README: &str = "docs/themes.md";
const START: &str =
    "<!-- The following is generated from src/shown: UPDATE=1 cargo test --lib reference -->\n";
const END: &str = "<!-- The end of what is generated. -->";

/// A struct of fields, or a value that has others in other cases.
struct Type {
    name: String,
    schema: Value,
}

impl Type {
    fn text<'a>(schema: &'a Value, key: &str) -> &'a str {
        schema.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// The names of its fields, in order of declaration.
    fn fields(schema: &Value) -> Vec<&str> {
        let required = schema.get("required").and_then(Value::as_array);
        required.into_iter().flatten().filter_map(Value::as_str).collect()
    }
}

struct Reference {
    generator: SchemaGenerator,
    markdown: String,
}

impl Reference {
    fn new() -> Reference {
        let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        Reference { generator, markdown: String::new() }
    }

    fn schema<T: JsonSchema>(&mut self) -> Value {
        self.generator.subschema_for::<T>();
        let name = T::schema_name();
        self.generator.definitions().get(&*name).cloned().unwrap_or_else(|| panic!("{name} is no struct"))
    }

    fn line(&mut self, line: &str) {
        self.markdown.push_str(line);
        self.markdown.push('\n');
    }

    /// Writes a table of fields, without those that every page has.
    fn table(&mut self, schema: &Value, known: &BTreeSet<&str>) {
        let properties = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
        let fields: Vec<&str> =
            Type::fields(schema).into_iter().filter(|field| !known.contains(field)).collect();
        if fields.is_empty() {
            return;
        }
        self.line("\n| field | type | what it is |\n| --- | --- | --- |");
        for field in fields {
            let property = properties.get(field).unwrap_or(&Value::Null);
            let about = one_line(Type::text(property, "description"));
            assert!(!about.is_empty(), "`{field}` of {} has no comment", Type::text(schema, "title"));
            self.line(&format!("| `{field}` | {} | {about} |", type_name(property)));
        }
    }

    fn section<T: JsonSchema>(&mut self, heading: &str, known: &BTreeSet<&str>) {
        let schema = self.schema::<T>();
        self.line(&format!("\n{heading}: {}", lower(&one_line(Type::text(&schema, "description")))));
        self.table(&schema, known);
    }
}

/// Joins a comment to one line.
fn one_line(text: &str) -> String {
    // Even in code, a vertical bar would end the table's cell.
    text.split_whitespace().collect::<Vec<&str>>().join(" ").replace('|', "\\|")
}

/// Changes the first letter to lower case, for use within a sentence.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// The type of a field, in terms that theme authors know.
fn type_name(schema: &Value) -> String {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return match reference.rsplit('/').next().unwrap_or_default() {
            "Html" | "Drawn" => "HTML".to_owned(),
            "Cell" => "text".to_owned(),
            name => format!("`{name}`"),
        };
    }
    if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
        let is_none = |schema: &&Value| Type::text(schema, "type") == "null";
        let types: Vec<String> = any.iter().filter(|schema| !is_none(schema)).map(type_name).collect();
        let or_none = if any.iter().any(|schema| is_none(&schema)) { " or `none`" } else { "" };
        return types.join(" or ") + or_none;
    }
    let single = |word: &str| match word {
        "string" => "text".to_owned(),
        "boolean" => "true or false".to_owned(),
        "integer" | "number" => "number".to_owned(),
        "array" => {
            let items = schema.get("items").map_or_else(|| "number".to_owned(), type_name);
            format!("list of {items}")
        }
        other => other.to_owned(),
    };
    match schema.get("type") {
        Some(Value::String(word)) => single(word),
        Some(Value::Array(words)) => {
            let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
            let types: Vec<String> =
                words.iter().filter(|word| **word != "null").map(|word| single(word)).collect();
            types.join(" or ") + if words.contains(&"null") { " or `none`" } else { "" }
        }
        _ => panic!("what is {schema}?"),
    }
}

/// The whole reference.
fn reference() -> String {
    let mut reference = Reference::new();
    let head = reference.schema::<PageHead>();
    let none = BTreeSet::new();
    let of_head: BTreeSet<&str> = Type::fields(&head).into_iter().collect();
    reference.section::<SiteInfo>("### `site`", &none);
    reference.line("| `assets` | map of text | The paths of the theme's assets, by their names. |");
    reference.section::<PageHead>("### `page`, on every page", &none);
    macro_rules! pages {
        ($($template:literal: $page:ty,)*) => {
            $(reference.section::<$page>(concat!("### `page`, in `", $template, "`"), &of_head);)*
        };
    }
    pages! {
        "entity.html": EntityPage,
        "article.html": ArticlePart,
        "claim.html": ClaimPart,
        "route.html": RoutePart,
        "place.html` and `event.html": PlacePart,
        "listing.html": ListingPage,
        "referrers.html": ReferrersPage,
        "map.html": MapPage,
        "overview.html": OverviewPage,
        "timeline.html": TimelinePage,
        "divergence.html": DivergencesPage,
        "divergence_of.html": DivergencePage,
        "matrix.html": MatrixPage,
        "attribution.html": AttributionPage,
        "bibliography.html": BibliographyPage,
        "corrections.html": CorrectionsPage,
        "terms.html": TermsPage,
        "data.html": DataPage,
        "search.html": SearchPage,
        "print.html": PrintPage,
        "404.html": NotFoundPage,
        "redirect.html": RedirectPage,
    }
    reference.section::<Note<'_>>("### Each of `notes`, in the component of that name", &none);
    reference.line("\n### The types of fields");
    let parts: Map<String, Value> = reference.generator.definitions().clone();
    let is_page = |name: &str| name.ends_with("Page") || name.ends_with("Part") || name == "PageHead";
    let others = ["Html", "Drawn", "Cell", "SiteInfo", "Note"];
    let parts = parts.into_iter().filter(|(name, _)| !is_page(name) && !others.contains(&name.as_str()));
    for Type { name, schema } in parts.map(|(name, schema)| Type { name, schema }) {
        let about = one_line(Type::text(&schema, "description"));
        reference.line(&format!("\n**`{name}`**: {}", lower(&about)));
        match schema.get("oneOf").and_then(Value::as_array) {
            Some(cases) => cases_of(cases, &mut reference),
            None => reference.table(&schema, &none),
        }
    }
    reference.markdown
}

/// The fields of a value, by its `type`.
fn cases_of(cases: &[Value], reference: &mut Reference) {
    reference.line("\n| `type` | what it is | fields |\n| --- | --- | --- |");
    for case in cases {
        let word = case.pointer("/properties/type/const").and_then(Value::as_str).unwrap_or_default();
        let mut fields = String::new();
        if let Some(base) = case.get("$ref") {
            let _ = write!(fields, "those of {}", type_name(&serde_json::json!({ "$ref": base })));
        }
        for field in Type::fields(case).into_iter().filter(|field| *field != "type") {
            let property = case.pointer(&format!("/properties/{field}")).unwrap_or(&Value::Null);
            let about = one_line(Type::text(property, "description"));
            assert!(!about.is_empty(), "`{field}` of a {word} has no comment");
            let separator = if fields.is_empty() { "" } else { "<br>" };
            let about = lower(about.trim_end_matches('.'));
            let _ = write!(fields, "{separator}`{field}` ({}): {about}", type_name(property));
        }
        let about = one_line(Type::text(case, "description"));
        reference.line(&format!("| `{word}` | {about} | {fields} |"));
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads the project's own files")]
fn the_readme_of_the_theme_has_the_reference() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(README);
    let readme = std::fs::read_to_string(&path).expect("the theme has a README");
    let (before, rest) = readme.split_once(START).expect("the reference has a start");
    let (written, after) = rest.split_once(END).expect("the reference has an end");
    let generated = reference();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, format!("{before}{START}{generated}\n{END}{after}"))
            .expect("it can be written");
    } else {
        assert_eq!(written.trim(), generated.trim(), "{README} is out of date: UPDATE=1 rewrites it");
    }
}
