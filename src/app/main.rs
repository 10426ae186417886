//! The program that the browser starts from the second visit on, and at every address that a first
//! visit seldom has. Everything is in the library beside it.

fn main() {
    hearth_app::start_whole();
}
