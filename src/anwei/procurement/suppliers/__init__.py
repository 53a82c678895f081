"""Who supplies us: admission, licences, agreed prices; knows bodies and parts, not orders."""
