//! Replaces `table::workbook` in a program built without calamine: spreadsheets are refused.

use super::sheet::Sheet;
use crate::base::part::Part;
use crate::ide::Refusal;

/// Refuses a spreadsheet, and says how to have a program that reads it.
///
/// # Errors
/// Always.
pub(super) fn read(_: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    Err(Refusal(format!("{}; or save each table as CSV", Part::Spreadsheets.lacking())))
}
