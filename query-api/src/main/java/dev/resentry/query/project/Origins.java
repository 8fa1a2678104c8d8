package dev.resentry.query.project;

/** From where a project takes what web pages send (ingest protocol, section 1.3). */
final class Origins {
    static final int MAX = 100;
    static final String PATTERN =
            "\\*|(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*(:\\d{1,5})?|https?://(\\*|(\\*\\.)?[A-Za-z0-9._-]+)(:\\d{1,5})?";
    static final String RULE =
            "expected: *, https://*, a domain, *.domain or a whole origin such as https://shop.example:8443";

    private Origins() {}
}
