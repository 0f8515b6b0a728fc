package karuta.engine.plan;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.engine.catalog.Failures;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Options;
import karuta.engine.catalog.Strategies;
import karuta.study.Arm;
import karuta.study.KarutaFactory;
import karuta.study.Order;
import karuta.study.OrderDraw;
import karuta.study.StrategyReference;
import karuta.study.Study;
import karuta.study.Word;
import karuta.study.file.StudyException;
import karuta.study.file.StudyProblems;
import karuta.study.file.TrainingDefaults;
import karuta.study.record.RecordException;
import karuta.yaml.Suggestion;

/** Finds the strategies that a study asks for and checks what can be checked without a model. */
public final class Planner {

    private final Strategies strategies;
    private final Study study;
    private final StudyProblems problems;

    private Planner(Strategies strategies, Study study) {
        this.strategies = strategies;
        this.study = study;
        this.problems = new StudyProblems(study.getFile());
    }

    /**
     * Plans a study.
     *
     * @throws StudyException with every mistake: unknown strategies, options and tasks
     */
    public static StudyPlan plan(Strategies strategies, Study study) {
        var planner = new Planner(strategies, study);
        return study.getPretraining() == null ? planner.comparison() : planner.pretraining();
    }

    /**
     * Finds a benchmark and checks its options.
     *
     * @throws StudyException with every mistake
     */
    public static StrategyConfig benchmark(Strategies strategies, StrategyReference reference) {
        var planner = new Planner(strategies, KarutaFactory.eINSTANCE.createStudy());
        var choice = planner.choose(reference);
        planner.problems.throwIfAny();
        return choice.orElseThrow();
    }

    private StudyPlan pretraining() {
        var choice = choose(study.getPretraining());
        problems.throwIfAny();
        return new StudyPlan(study, Optional.empty(), List.of(), choice);
    }

    private StudyPlan comparison() {
        var backbone = choose(study.getBackbone());
        var encoder = choose(study.getEncoder());
        var benchmark = choose(study.getBenchmark());
        var arms = study.getArms().stream().flatMap(arm -> arm(arm).stream()).toList();
        var orders = benchmark.map(this::orders).orElse(List.of());
        problems.throwIfAny();
        var shared = new StudyPlan.Shared(backbone.orElseThrow(), encoder.orElseThrow(), benchmark.orElseThrow());
        var needs = new NeedCheck(problems);
        arms.forEach(arm -> needs.declared(shared, arm, study.isExemplarFree()));
        problems.throwIfAny();
        var watched = watched();
        var runs = new ArrayList<RunPlan>();
        for (var arm : arms) {
            var training = TrainingDefaults.of(study, arm.arm());
            for (var order : orders) {
                study.getSeeds()
                        .forEach(seed ->
                                runs.add(new RunPlan(arm, seed, order.getName(), order.names(), watched, training)));
            }
        }
        return new StudyPlan(study, Optional.of(shared), runs, Optional.empty());
    }

    private Optional<ArmPlan> arm(Arm arm) {
        var learner = choose(arm.getLearner());
        var parts =
                arm.getParts().stream().flatMap(part -> choose(part).stream()).toList();
        var over = Optional.ofNullable(arm.getOver()).map(this::arm);
        var from = Optional.ofNullable(arm.getFrom()).flatMap(this::origin);
        return learner.filter(found -> over.map(Optional::isPresent).orElse(true))
                .map(found -> new ArmPlan(arm, found, parts, over.flatMap(inner -> inner), from));
    }

    private Optional<InitialCheckpoint> origin(Word folder) {
        try {
            return Optional.of(InitialCheckpoint.in(Path.of(folder.getText())));
        } catch (InvalidPathException none) {
            problems.add(folder, "\"from\": this is no name of a folder: " + none.getReason());
            return Optional.empty();
        } catch (KarutaException | RecordException unusable) {
            problems.add(folder, unusable.getMessage());
            return Optional.empty();
        }
    }

    private Optional<StrategyConfig> choose(StrategyReference reference) {
        var kind = Kind.ofWord(reference.getKind()).orElseThrow();
        var bundle = Optional.ofNullable(reference.getBundle());
        var type = strategies.find(kind, reference.getId(), bundle);
        if (type.isEmpty()) {
            var missing = strategies.missing(kind, reference.getId(), bundle);
            problems.add(reference, missing.what() + "; " + missing.remedy());
        }
        var before = problems.found().size();
        var over = Optional.ofNullable(reference.getOver()).flatMap(this::choose);
        return type.map(found -> new StrategyConfig(found, Options.read(found, reference, problems), over, reference))
                .filter(choice -> problems.found().size() == before);
    }

    /** The orders of the study, or if there are none that of the benchmark, without the tasks that are watched. */
    private List<Order> orders(StrategyConfig benchmark) {
        var names = tasks(benchmark);
        Stream.concat(study.getOrders().stream().flatMap(order -> order.getTasks().stream()), study.getWatch().stream())
                .filter(task -> !names.isEmpty() && !names.contains(task.getText()))
                .forEach(task -> problems.add(
                        task,
                        benchmark.type().name() + " has no task \"" + task.getText() + "\""
                                + Suggestion.hint(task.getText(), names)));
        var watched = watched();
        var learned = study.getOrders().isEmpty()
                ? names.stream().filter(each -> !watched.contains(each)).toList()
                : study.getOrders().get(0).names();
        if (study.getOrders().isEmpty() && study.getDraws().isEmpty()) {
            return List.of(order(RunPlan.DEFAULT, learned));
        }
        var orders = new ArrayList<>(study.getOrders());
        study.getDraws().forEach(draw -> drawn(draw, learned, orders));
        return orders;
    }

    private void drawn(OrderDraw draw, List<String> tasks, List<Order> orders) {
        var taken = orders.stream()
                .<List<String>>map(Order::names)
                .map(List::copyOf)
                .toList();
        var count = draw.getCount();
        var found = draw.getKind().equals("latin")
                ? DrawnOrders.latin(tasks).stream().limit(count).toList()
                : DrawnOrders.random(tasks, count, taken);
        if (found.size() < count) {
            problems.add(
                    draw,
                    "there are only " + found.size() + " \"" + draw.getKind() + "\" orders of " + tasks.size()
                            + " tasks" + (taken.isEmpty() ? "" : " beside those that are there"));
        }
        for (var i = 0; i < found.size(); i++) {
            orders.add(order(draw.getKind() + (i + 1), found.get(i)));
        }
    }

    private static Order order(String name, List<String> tasks) {
        var order = KarutaFactory.eINSTANCE.createOrder();
        order.setName(name);
        for (var task : tasks) {
            var word = KarutaFactory.eINSTANCE.createWord();
            word.setText(task);
            order.getTasks().add(word);
        }
        return order;
    }

    private List<String> watched() {
        return study.getWatch().stream().map(Word::getText).toList();
    }

    private List<String> tasks(StrategyConfig benchmark) {
        try (var wired = WiredBenchmark.of(strategies, benchmark)) {
            var names = wired.benchmark().tasks();
            wired.idle()
                    .ifPresent(name -> problems.add(
                            benchmark.place(), name + " goes over no other benchmark; take its \"over\" away"));
            if (names.isEmpty()) {
                problems.add(benchmark.place(), benchmark.type().name() + " has no tasks; see its options");
            }
            return names;
        } catch (RuntimeException | Error unusable) {
            var why = new Failures(strategies).explain(unusable);
            if (why.isEmpty()) {
                throw unusable;
            }
            problems.add(benchmark.place(), why.get());
            return List.of();
        }
    }
}
