//! The program that a first visit starts: telling, and reading what was told. Everything is in the
//! library beside it.

fn main() {
    hearth_app::start_first();
}
