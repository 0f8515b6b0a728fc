package karuta.report.html;

import static karuta.report.html.Html.tag;

/**
 * A part of the page that the navigation leads to.
 *
 * @param id unique in the page
 * @param title its heading
 * @param about what is in it, in a sentence or two; may be empty
 * @param content below that
 */
record Section(String id, String title, String about, Html content) {

    Html html() {
        return tag("section")
                .with("id", id)
                .with("aria-labelledby", id + "-h")
                .of(
                        tag("h2").with("id", id + "-h").of(title),
                        about.isEmpty() ? Html.NOTHING : tag("p").css("about").of(about),
                        content);
    }
}
