//! The `dossier` program.
use dossier::{
    emit,
    session::{Options, Snapshot},
    world::disk::DiskWorld,
};
use std::sync::Arc;
fn main() {
    let world = Arc::new(DiskWorld::open(std::path::Path::new(".")).unwrap());
    let args: Vec<String> = std::env::args().collect();
    let snapshot = Snapshot::take(world, &Options::default());
    for d in &snapshot.diagnostics {
        if d.severity == dossier::base::diagnostic::Severity::Error {
            eprintln!("{} {} {:?}", d.code, d.message, d.labels.first());
        }
    }
    let press = snapshot.press();
    for d in &press.diagnostics {
        eprintln!("{} {} {:?}", d.code, d.message, d.help);
    }
    let Some(press) = press.value else { return };
    let files: Vec<_> = press.bundle().files().iter().map(|(a, b)| (a.clone(), b.clone())).collect();
    let out = args.get(1).map_or("public", |s| s.as_str());
    match emit::emit(std::path::Path::new(out), &files, |c| press.bytes(c), |_| ()) {
        Ok(e) => eprintln!("{e:?}"),
        Err(emit::EmitError::Content(c)) => {
            for d in c.iter().take(3) {
                eprintln!("{} {:?}", d.message, d.help)
            }
        }
        Err(e) => eprintln!("{e}"),
    }
}
