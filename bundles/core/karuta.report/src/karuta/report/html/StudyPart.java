package karuta.report.html;

import static karuta.report.html.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.report.ArmResults;
import karuta.report.Comparison;
import karuta.report.ForgettingTable;
import karuta.report.Limits;
import karuta.report.Numbers;
import karuta.report.Result;
import karuta.report.TableChoice;
import karuta.report.draw.HeatMap;
import karuta.report.draw.StudyFigures;

/** All sections about the runs that can stand in one table. */
final class StudyPart {

    private final Comparison comparison;
    private final HtmlReport.Choices choices;
    private final String prefix;
    private final List<ArmResults> groups;
    private final List<Section> sections = new ArrayList<>();

    /** @param prefix of all ids, where there are several parts */
    StudyPart(Comparison comparison, HtmlReport.Choices choices, String prefix) {
        this.comparison = comparison;
        this.choices = choices;
        this.prefix = prefix;
        this.groups = comparison.groups();
        if (!groups.isEmpty()) {
            var figures = new StudyFigures(comparison);
            sections.add(new ResultsSection(comparison, figures, prefix).section());
            new StagesSection(groups, figures, prefix).section().ifPresent(sections::add);
            matrices(figures);
            selection(figures);
            forgetting();
            tasks();
            comparison
                    .watched()
                    .ifPresent(table -> add(
                            "watched",
                            "Watched tasks",
                            "Evaluated after every stage and never learned: what learning does to abilities that nobody trains.",
                            Tables.of(List.of(table))));
            new BudgetsSection(comparison, prefix).section().ifPresent(sections::add);
        }
        new SamplesSection(comparison, choices, prefix).section().ifPresent(sections::add);
        add(
                "limits",
                "Limits",
                "What must not be concluded from these numbers.",
                tag("ul").of(Limits.of(comparison).stream().map(tag("li")::of)));
        sections.add(new RunsSection(comparison.results(), prefix).section());
        if (!choices.references().isEmpty()) {
            add(
                    "references",
                    "References",
                    "Of the strategies that were used, as BibTeX. Check entries before you print them: they are made from what"
                            + " the strategies say of themselves.",
                    tag("details")
                            .of(
                                    tag("summary").of("Show"),
                                    tag("pre")
                                            .with("tabindex", "0")
                                            .with("aria-label", "BibTeX")
                                            .of(choices.references())));
        }
    }

    private void add(String id, String title, String about, Html content) {
        sections.add(new Section(prefix + id, title, about, content));
    }

    String title() {
        return comparison.study();
    }

    List<Section> sections() {
        return sections;
    }

    Html html() {
        var first = comparison.results().get(0).run();
        var seeds = comparison.results().stream()
                .map(result -> result.run().getSeed())
                .distinct()
                .count();
        var orders = comparison.results().stream()
                .map(result -> result.run().getOrder())
                .distinct()
                .count();
        var arms = comparison.results().stream().map(Result::arm).distinct().count();
        var facts = Stream.of(
                        counted(comparison.results().size(), "run"),
                        counted(arms, "arm"),
                        counted(seeds, "seed"),
                        counted(orders, "order"),
                        counted(first.getTasks().size(), "task"),
                        "begun " + first.getStarted().replaceFirst("T.*", ""))
                .collect(Collectors.joining(" · "));
        return Html.all(
                tag("header")
                        .of(
                                tag("p").css("over").of("Study"),
                                tag("h1").of(comparison.study()),
                                tag("p").css("facts").of(facts),
                                Html.all(comparison.origins().stream()
                                        .map(line -> tag("p").css("origin").of(line))
                                        .toList()),
                                comparison
                                        .apart()
                                        .map(why -> tag("p").css("note").of("In a part of its own: " + why))
                                        .orElse(Html.NOTHING)),
                Html.all(sections.stream().map(Section::html).toList()));
    }

    private static String counted(long count, String what) {
        return Numbers.count(count) + " " + what + (count == 1 ? "" : "s");
    }

    private void matrices(StudyFigures figures) {
        add(
                "matrices",
                "Matrices",
                "The score on every task after every stage, in percent, mean over seeds. A column shows what becomes of a task.",
                Html.all(Tables.lines(figures.leftOut().stream().toList()), grid(figures.matrices())));
    }

    private static Html grid(List<HeatMap> maps) {
        return tag("div").css("maps").of(maps.stream().map(Tables::heat));
    }

    private void selection(StudyFigures figures) {
        var maps = figures.selections();
        if (!maps.isEmpty()) {
            add(
                    "selection",
                    "Selection",
                    "Which task's card was the best one for the samples of each task (rows), after the last stage. The diagonal is"
                            + " where the choice was right.",
                    Html.all(grid(maps), Tables.of(comparison.selections())));
        }
    }

    private void forgetting() {
        var blocks = ForgettingTable.of(groups);
        if (!blocks.isEmpty()) {
            add(
                    "forgetting",
                    "Forgetting explained",
                    "Why old tasks were forgotten after the last stage, in points: by a wrong choice of cards, by prompts that"
                            + " have changed, or by what is left when both are put right.",
                    Tables.of(blocks));
        }
    }

    /** What is known of the tasks themselves, whatever the arms do with them. */
    private void tasks() {
        var blocks = Stream.concat(comparison.separability().stream(), comparison.orders(TableChoice.DEFAULT).stream())
                .toList();
        if (!blocks.isEmpty()) {
            add(
                    "tasks",
                    "Tasks and orders",
                    "How easily frozen features alone tell the tasks apart, and how much of what arms differ in is their order.",
                    Tables.of(blocks));
        }
    }
}
