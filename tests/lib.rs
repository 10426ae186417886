//! Tests that cross crates live in this package; each file beside this folder is one suite.
