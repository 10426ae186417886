//! Small settings in `localStorage`, for the page: workers have none.
