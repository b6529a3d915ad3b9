//! All integration tests, in one binary.
mod emit;
mod hostile;
mod sites;
