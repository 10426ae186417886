//! The program that the browser starts. Everything is in the library beside it.

fn main() {
    hearth_app::start();
}
