//! All integration tests, in one binary.
mod emit;
mod sites;
