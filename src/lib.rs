//! wip
pub mod base;

pub mod data;

pub mod world;

pub mod config;

pub mod kinds;

pub mod load;

pub mod parse;

pub mod link;

pub mod check;

pub mod theme;

pub mod locale;

pub mod view;

pub mod render;

pub mod outputs;

pub mod emit;

pub mod session;

pub mod serve;
