package karuta.report.html;

import static karuta.report.html.Html.tag;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import karuta.report.Comparison;
import karuta.report.Report;
import karuta.report.draw.Svg;
import karuta.report.draw.Tone;

/**
 * One page with all that runs have shown. It loads nothing, and its content security policy lets it: only its own style and its
 * own script count, by their SHA-256, so that nothing that a record holds can run.
 */
public final class HtmlReport {

    private final Report report;
    private final Choices choices;

    /**
     * What a page holds.
     *
     * @param images where those of samples come from
     * @param imageBytes how much of the page they may take; 0 for none
     * @param answers how many the browser of samples may hold; 0 for no browser
     * @param references of the strategies that were used, as BibTeX; may be empty
     */
    public record Choices(Images images, long imageBytes, int answers, String references) {}

    /** A page of what was read. */
    public HtmlReport(Report report, Choices choices) {
        this.report = report;
        this.choices = choices;
    }

    /** The page. */
    public String page() {
        var comparisons = new ArrayList<>(report.comparisons());
        Collections.reverse(comparisons); // the newest first
        var parts = new ArrayList<StudyPart>();
        for (var i = 0; i < comparisons.size(); i++) {
            parts.add(new StudyPart(comparisons.get(i), choices, comparisons.size() == 1 ? "" : "s" + (i + 1) + "-"));
        }
        var body = parts.stream().map(StudyPart::html).toList();
        var title = comparisons.stream()
                .map(Comparison::study)
                .distinct()
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
        var content = Html.all(
                tag("a").css("skip").with("href", "#main").of("Skip to the report"),
                tag("div")
                        .css("page")
                        .of(
                                navigation(parts),
                                tag("main")
                                        .with("id", "main")
                                        .with("tabindex", "-1")
                                        .of(Html.all(body), notes(), footer())));
        return frame(title, content);
    }

    private static Html navigation(List<StudyPart> parts) {
        var lists = parts.stream()
                .flatMap(part -> Stream.concat(
                        parts.size() > 1 ? Stream.of(tag("p").of(part.title())) : Stream.empty(),
                        Stream.of(tag("ul")
                                .of(part.sections().stream()
                                        .map(section -> tag("li")
                                                .of(tag("a").with("href", "#" + section.id())
                                                        .of(section.title())))))));
        return tag("nav").with("aria-label", "Sections").of(lists);
    }

    private Html notes() {
        var all = Stream.concat(report.damages().stream(), report.notes().stream())
                .toList();
        return all.isEmpty()
                ? Html.NOTHING
                : tag("section")
                        .of(
                                tag("h2").of("Notes on single runs"),
                                tag("ul").of(all.stream().map(tag("li")::of)));
    }

    private static Html footer() {
        return tag("footer")
                .of(tag("p").of(
                                "Made by Karuta from the records of the runs, each checked against its SHA-256. This page loads"
                                        + " nothing from anywhere."));
    }

    private static String frame(String title, Html content) {
        var style = ":root { " + Tone.variables(false) + " }\n@media (prefers-color-scheme: dark) { :root { "
                + Tone.variables(true) + " } }\n" + Tone.rules() + Tone.heatRules() + Resource.read("report.css");
        var script = Resource.read("report.js");
        var policy = "default-src 'none'; img-src data:; style-src " + Resource.source(style) + "; script-src "
                + Resource.source(script) + "; base-uri 'none'; form-action 'none'";
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n"
                + "<meta name=\"referrer\" content=\"no-referrer\">\n"
                + "<link rel=\"icon\" href=\"data:,\">\n"
                + "<title>" + Svg.escape(title) + " · Karuta</title>\n<style>" + style + "</style>\n</head>\n<body>\n"
                + content.markup() + "<script>" + script + "</script>\n</body>\n</html>\n";
    }
}
