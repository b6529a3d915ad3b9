//! Memory for what stays as long as the program runs.

/// A vector that takes no more memory than what it holds.
///
/// `Vec::shrink_to_fit` leaves that to the allocator, and ours moves nothing that fills half of its place: a large dossier
/// took a tenth more memory.
pub fn fitted<T>(vec: Vec<T>) -> Vec<T> {
    if vec.len() == vec.capacity() {
        return vec;
    }
    let mut fitted = Vec::with_capacity(vec.len());
    fitted.extend(vec);
    fitted
}
