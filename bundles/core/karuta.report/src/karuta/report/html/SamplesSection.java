package karuta.report.html;

import static karuta.report.html.Html.tag;

import java.util.Optional;
import karuta.report.Comparison;

/**
 * The answers one by one.
 *
 * @param comparison the runs
 * @param choices how many
 * @param prefix of all ids
 */
record SamplesSection(Comparison comparison, HtmlReport.Choices choices, String prefix) {

    /** Nothing where there are none, or none are wanted. */
    Optional<Section> section() {
        if (choices.answers() <= 0) {
            return Optional.empty();
        }
        var book =
                new SampleBook(comparison, choices.answers(), new Thumbnails(choices.images(), choices.imageBytes()));
        var json = book.json();
        return book.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section(
                        prefix + "samples",
                        "Samples",
                        "What was asked and answered, one by one. An answer counts as right here from a score of 0.5 on.",
                        Html.all(
                                browser(),
                                Tables.lines(book.leftOut()),
                                new Html("<script type=\"application/json\" class=\"book\">" + json + "</script>\n"))));
    }

    private Html browser() {
        return tag("div")
                .css("browser")
                .with("id", prefix + "browser")
                .of(tag("noscript").of(tag("p").of("The browser of samples needs scripts; everything else does not.")));
    }
}
