//! JSON written straight into a string that is safe inside HTML.

use super::escape::escape_into;

/// Appends a string literal (RFC 8259) with its quotes. `<` is escaped, so the literal cannot contain an end
/// tag or a comment.
pub(crate) fn string(text: &str, json: &mut String) {
    json.push('"');
    escape(text, json);
    json.push('"');
}

/// Appends a part of a string literal.
pub(crate) fn escape(text: &str, json: &mut String) {
    let is_special = |byte| matches!(byte, b'"' | b'\\' | b'<' | 0..0x20);
    let write = |byte, json: &mut String| match byte {
        b'"' => json.push_str("\\\""),
        b'\\' => json.push_str("\\\\"),
        b'\n' => json.push_str("\\n"),
        _ => json.push_str(&format!("\\u{byte:04x}")),
    };
    escape_into(text, is_special, write, json);
}

/// An object or an array that is being written: tracks whether the next value needs a comma.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open {
    first: bool,
    end: char,
}

impl Open {
    pub(crate) fn object(json: &mut String) -> Open {
        json.push('{');
        Open { first: true, end: '}' }
    }

    pub(crate) fn array(json: &mut String) -> Open {
        json.push('[');
        Open { first: true, end: ']' }
    }

    /// Prepares for the next value of an array.
    pub(crate) fn item(&mut self, json: &mut String) {
        if !self.first {
            json.push(',');
        }
        self.first = false;
    }

    /// Writes a key of an object; the caller writes its value next. Keys are the program's own and are not
    /// escaped.
    pub(crate) fn key(&mut self, key: &str, json: &mut String) {
        self.item(json);
        json.push('"');
        json.push_str(key);
        json.push_str("\":");
    }

    /// Writes a key and a string.
    pub(crate) fn text(&mut self, key: &str, text: &str, json: &mut String) {
        self.key(key, json);
        string(text, json);
    }

    /// Closes the object or array.
    pub(crate) fn close(self, json: &mut String) {
        json.push(self.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_comes_back_and_no_tag_is_in_it() {
        let text = "a \"b\" \\ </script><!-- \n\t\u{1} \u{2028} 한";
        let mut json = String::new();
        let mut object = Open::object(&mut json);
        object.text("a", text, &mut json);
        object.key("b", &mut json);
        let mut array = Open::array(&mut json);
        array.item(&mut json);
        json.push('1');
        array.item(&mut json);
        json.push('2');
        array.close(&mut json);
        object.close(&mut json);
        assert!(!json.contains('<'));
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read, serde_json::json!({"a": text, "b": [1, 2]}));
    }
}
