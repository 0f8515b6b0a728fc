package karuta.report.html;

import static karuta.report.html.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.metrics.MeanAndDeviation;
import karuta.metrics.Metric;
import karuta.report.ArmResults;
import karuta.report.Block;
import karuta.report.Budget;
import karuta.report.Comparison;
import karuta.report.Limits;
import karuta.report.Numbers;
import karuta.report.Result;
import karuta.report.TableChoice;
import karuta.report.draw.Figure;
import karuta.report.draw.HeatMap;
import karuta.report.draw.StudyFigures;

/** All sections about the runs that can stand in one table. */
final class StudyPart {

    private static final double WIDE = 720;
    private static final double NARROW = 350;
    private static final int FIRST_METRIC = 3;

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
            results(figures);
            stages(figures);
            matrices(figures);
            selection(figures);
            tasks();
            comparison
                    .watched()
                    .ifPresent(table -> add(
                            "watched",
                            "Watched tasks",
                            "Evaluated after every stage and never learned: what learning does to abilities that nobody trains.",
                            Tables.of(List.of(table))));
            budgets();
        }
        samples();
        add(
                "limits",
                "Limits",
                "What must not be concluded from these numbers.",
                tag("ul").of(Limits.of(comparison).stream().map(tag("li")::of)));
        runs();
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

    private void results(StudyFigures figures) {
        var summary = comparison.summary(TableChoice.DEFAULT);
        var best = best();
        var table = Tables.of(
                summary,
                (row, column) -> column >= FIRST_METRIC
                                && column - FIRST_METRIC < best.size()
                                && isOf(
                                        best.get(column - FIRST_METRIC),
                                        summary.rows().get(row))
                        ? "best"
                        : "");
        var definitions = tag("dl")
                .of(Metric.defaults().stream()
                        .map(metric -> Html.all(
                                tag("dt")
                                        .of(
                                                Html.text(metric.title() + " "),
                                                tag("small").of(metric.id())),
                                tag("dd")
                                        .of(
                                                tag("code").of(metric.formula()),
                                                Html.text((metric.higherIsBetter() ? "" : ", lower is better") + ". "),
                                                tag("small").of(metric.source())))));
        add(
                "results",
                "Results",
                headline(),
                Html.all(
                        both(
                                "Mean score over all tasks after the last stage (" + Metric.LAST.id() + "), in percent."
                                        + " Hollow dots are single runs, the bar is one standard deviation on both sides.",
                                figures::scores),
                        table,
                        unmatched(),
                        significance(),
                        tag("details").css("definitions").of(tag("summary").of("What the metrics mean"), definitions)));
    }

    private boolean isOf(int group, List<String> row) {
        return group >= 0
                && List.of(groups.get(group).label(), groups.get(group).order()).equals(row.subList(0, 2));
    }

    /** The best group of each metric; -1 where there is nothing to choose from. */
    private List<Integer> best() {
        return Metric.defaults().stream().map(this::best).toList();
    }

    private int best(Metric metric) {
        var best = -1;
        var most = Double.NEGATIVE_INFINITY;
        for (var i = 0; i < groups.size(); i++) {
            var mean = mean(metric, groups.get(i));
            if (!groups.get(i).analysis() && mean.isPresent() && groups.size() > 1) {
                var value = metric.higherIsBetter() ? mean.get() : -mean.get();
                if (value > most) {
                    most = value;
                    best = i;
                }
            }
        }
        return best;
    }

    private static Optional<Double> mean(Metric metric, ArmResults group) {
        var values = group.results().stream()
                .flatMap(result ->
                        metric.of(result.matrix().orElseThrow()).stream().boxed())
                .toList();
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(MeanAndDeviation.of(values).mean());
    }

    private String headline() {
        var best = best(Metric.LAST);
        if (best < 0) {
            return "";
        }
        var group = groups.get(best);
        var several = groups.stream().map(ArmResults::order).distinct().count() > 1;
        return group.label() + (several ? " (order " + group.order() + ")" : "")
                + " ends highest: " + Numbers.percent(mean(Metric.LAST, group).orElseThrow())
                + " % on average over all tasks after the last stage, of the arms that are methods.";
    }

    private Html significance() {
        var differences = comparison.differences(TableChoice.DEFAULT);
        return differences.isEmpty()
                ? tag("p").css("note")
                        .of("Whether arms differ by more than chance cannot be told: no two of them share two"
                                + " seeds or more.")
                : Tables.of(differences);
    }

    private Html unmatched() {
        return Budget.of(groups).stream().allMatch(Budget::matched)
                ? Html.NOTHING
                : tag("p").css("note")
                        .of(
                                Html.text("≠ Not all rows have the same budget: see "),
                                tag("a").with("href", "#" + prefix + "budgets").of("Budgets"),
                                Html.text("."));
    }

    private void stages(StudyFigures figures) {
        var accuracy = figures.accuracy(WIDE);
        if (accuracy.isEmpty()) {
            return;
        }
        var legend = figures.legend();
        var names = tag("ul")
                .css("legend")
                .of(legend.arms().stream()
                        .map(arm -> tag("li").of(Html.figure(legend.sample(arm), "key"), Html.text(arm))));
        var panels = tag("div")
                .css("panels")
                .of(figures.tasks().stream()
                        .map(figure ->
                                tag("figure").of(tag("figcaption").of(figure.title()), Html.figure(figure, "panel"))));
        add(
                "stages",
                "Over the stages",
                "What happens while one task is learned after the other. A faint band is one standard deviation over runs.",
                Html.all(
                        names,
                        both(
                                "Mean score over the tasks learned so far, in percent, after each stage.",
                                width -> figures.accuracy(width).orElseThrow()),
                        figures.forgetting(WIDE).isEmpty()
                                ? Html.NOTHING
                                : both(
                                        "Forgetting (" + Metric.FORGETTING.id()
                                                + ") of the tasks learned so far, in points, after each stage; lower is better.",
                                        width -> figures.forgetting(width).orElseThrow()),
                        tag("h3").of("Each task by itself"),
                        tag("p").css("note")
                                .of("Score in percent after each stage; the dashed line is where the task is learned."
                                        + (groups.stream()
                                                                .map(ArmResults::order)
                                                                .distinct()
                                                                .count()
                                                        > 1
                                                ? " Order " + groups.get(0).order() + " alone."
                                                : "")),
                        panels));
    }

    /** A figure for wide screens and one for narrow ones, of which one is shown. */
    private static Html both(String caption, DoubleFunction<Figure> figure) {
        return tag("figure")
                .of(
                        tag("figcaption").of(caption),
                        Html.figure(figure.apply(WIDE), "wide"),
                        Html.figure(figure.apply(NARROW), "narrow"));
    }

    private void matrices(StudyFigures figures) {
        add(
                "matrices",
                "Matrices",
                "The score on every task after every stage, in percent, mean over seeds. A column shows what becomes of a task.",
                grid(figures.matrices()));
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

    private void budgets() {
        var budgets = Budget.of(groups);
        if (budgets.isEmpty()) {
            return;
        }
        var rows = budgets.stream()
                .map(budget -> List.of(
                        budget.group().label(),
                        budget.group().order(),
                        budget.group() == budget.reference()
                                ? "reference"
                                : budget.matched() ? "= matched" : "≠ not matched",
                        String.join("; ", budget.differences())))
                .toList();
        add(
                "budgets",
                "Budgets",
                "What each arm may spend, and where that is not what the first arm of its order may spend: such rows are no"
                        + " comparison of methods alone.",
                Html.all(
                        Tables.of(
                                new Block.Table(
                                        "Comparison with the first arm that is a method",
                                        List.of("arm", "order", "budget", "in what it differs"),
                                        rows,
                                        List.of()),
                                (row, column) -> column == 0 ? "" : column == 3 ? "words" : "word"),
                        Tables.of(comparison.costs().stream().toList())));
    }

    private void samples() {
        if (choices.answers() <= 0) {
            return;
        }
        var book =
                new SampleBook(comparison, choices.answers(), new Thumbnails(choices.images(), choices.imageBytes()));
        var json = book.json();
        if (book.isEmpty()) {
            return;
        }
        add(
                "samples",
                "Samples",
                "What was asked and answered, one by one. An answer counts as right here from a score of 0.5 on.",
                Html.all(
                        tag("div")
                                .css("browser")
                                .with("id", prefix + "browser")
                                .of(
                                        tag("noscript")
                                                .of(
                                                        tag("p").of(
                                                                        "The browser of samples needs scripts; everything else does not."))),
                        Tables.lines(book.leftOut()),
                        new Html("<script type=\"application/json\" class=\"book\">" + json + "</script>\n")));
    }

    private void runs() {
        var rows = comparison.results().stream()
                .map(result -> List.of(
                        result.folder().path().getFileName().toString(),
                        result.arm(),
                        result.run().getOrder(),
                        Long.toString(result.run().getSeed()),
                        result.run().getStatus().toString(),
                        result.run()
                                .getStarted()
                                .replaceFirst("\\.\\d+", "")
                                .replace('T', ' ')
                                .replace("Z", ""),
                        Numbers.decimal(result.run().getSeconds(), 1),
                        result.run().getSha256() == null
                                ? Numbers.NONE
                                : result.run().getSha256().substring(0, 12)))
                .toList();
        add(
                "runs",
                "Runs",
                "",
                tag("details")
                        .of(
                                tag("summary").of("The records that this page was made from"),
                                Tables.of(
                                        new Block.Table(
                                                "Records",
                                                List.of(
                                                        "folder",
                                                        "arm",
                                                        "order",
                                                        "seed",
                                                        "status",
                                                        "begun (UTC)",
                                                        "seconds",
                                                        "SHA-256"),
                                                rows,
                                                List.of()),
                                        (row, column) -> column == 3 || column == 6 ? "" : "word")));
    }
}
