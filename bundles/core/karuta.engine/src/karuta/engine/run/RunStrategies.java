package karuta.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.State;
import karuta.api.Strategy;
import karuta.api.StrategyContext.Twin;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.ArmPlan;
import karuta.engine.plan.StrategyConfig;
import karuta.tensor.Scope;

/**
 * The strategies of one run: fresh instances, started from the bottom up, given back when these are closed. A
 * strategy's place in the arm names it: {@code learner}, {@code pool}, {@code over.learner}.
 */
final class RunStrategies implements AutoCloseable {

    private record Member(StrategyConfig choice, Strategy strategy, Optional<RunContext> user) {}

    private final Strategies strategies;
    private final RunEnvironment environment;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Closer instances = new Closer();

    private RunStrategies(Strategies strategies, RunEnvironment environment) {
        this.strategies = strategies;
        this.environment = environment;
    }

    /** Makes and starts all strategies of an arm. */
    static RunStrategies of(Strategies strategies, ArmPlan arm, RunEnvironment environment) {
        var own = new RunStrategies(strategies, environment);
        own.instances.fill(() -> own.create(arm, "", Optional.empty()));
        return own;
    }

    private Learner create(ArmPlan arm, String prefix, Optional<RunContext> user) {
        var parts = new ArrayList<Strategy>();
        var names = new IdentityHashMap<Strategy, String>();
        var context = new RunContext(environment, arm.learner().type().name(), parts, names, twins(arm, prefix));
        for (var choice : arm.parts()) {
            var part = make(choice, prefix + choice.type().kind().key(), Optional.of(context));
            part.start(new RunContext(environment, choice.type().name(), List.of(), Map.of(), Optional.empty()));
            names.put(part, choice.type().describe());
            parts.add(part);
        }
        arm.over().ifPresent(inner -> parts.add(create(inner, prefix + "over.", Optional.of(context))));
        var learner = (Learner) make(arm.learner(), prefix + "learner", user);
        learner.start(context);
        return learner;
    }

    /** Makes twins of the learner that a wrapper goes over. */
    private Optional<Supplier<Twin>> twins(ArmPlan arm, String prefix) {
        return arm.over().map(inner -> () -> twin(inner, prefix + "over."));
    }

    private Twin twin(ArmPlan arm, String prefix) {
        var closer = new Closer();
        var twin = closer.fill(() -> {
            var apart = closer.add(environment.apart());
            var own = closer.add(of(strategies, arm, apart));
            try (var scope = Scope.open()) {
                var states = new HashMap<String, State>();
                own.places()
                        .forEach(place -> states.put(
                                place, members.get(prefix + place).strategy().save()));
                own.load(states);
            }
            return new StrategyTwin(own.learner(), closer);
        });
        return instances.add(twin);
    }

    /** Closed a second time, it does nothing. */
    private record StrategyTwin(Learner learner, Closer closer) implements Twin {

        @Override
        public void close() {
            closer.close();
        }
    }

    private Strategy make(StrategyConfig choice, String place, Optional<RunContext> user) {
        var instance = instances.add(strategies.create(choice.type(), choice.options()));
        members.put(place, new Member(choice, instance.strategy(), user));
        return instance.strategy();
    }

    /** Who plays. */
    Learner learner() {
        return (Learner) members.get("learner").strategy();
    }

    /** Parts that the study gives and whose user has never asked for them. */
    Stream<StrategyConfig> unused() {
        return members.values().stream()
                .filter(member -> member.user()
                        .filter(user -> !user.uses(member.strategy()))
                        .isPresent())
                .map(Member::choice);
    }

    /** What all keep, by their places. */
    Map<String, State> save() {
        var states = new LinkedHashMap<String, State>();
        members.forEach((place, member) -> states.put(place, member.strategy().save()));
        return states;
    }

    /** Gives everyone what it kept. */
    void load(Map<String, State> states) {
        members.forEach((place, member) -> member.strategy().load(states.getOrDefault(place, State.EMPTY)));
    }

    /** Gives what some have kept to them alone. */
    void loadOnly(Map<String, State> states) {
        states.forEach((place, state) -> members.get(place).strategy().load(state));
    }

    /** What they change in the steps of a stage. */
    OpenStage openStage() {
        var own = new LinkedHashMap<String, Strategy>();
        members.forEach((place, member) -> own.put(place, member.strategy()));
        return new OpenStage(own);
    }

    /** The places of all. */
    Set<String> places() {
        return members.keySet();
    }

    /** What the cards of all pools are called and made for. */
    Set<String> known() {
        return cards().values().stream()
                .flatMap(List::stream)
                .flatMap(card -> Stream.concat(Stream.of(card.id()), card.task().stream()))
                .collect(Collectors.toSet());
    }

    /**
     * To be asked of an arm that did not begin with nothing, after it has learned.
     *
     * @throws KarutaException if a pool has two cards of one name, which nobody could tell apart in the predictions
     */
    void checkNames() {
        cards().forEach((pool, cards) -> {
            var ids = new HashSet<String>();
            cards.stream().map(Card::id).filter(id -> !ids.add(id)).findFirst().ifPresent(id -> {
                throw new KarutaException(
                        "The " + pool + " would have two cards called \"" + id + "\": what the arm begins with has one,"
                                + " and learning this again makes another.",
                        "Leave \"" + id
                                + "\" out of the study, or begin with a checkpoint from before it was learned.");
            });
        });
    }

    /** The cards of every pool, by the pool's place. */
    Map<String, List<Card>> cards() {
        var cards = new LinkedHashMap<String, List<Card>>();
        try (var scope = Scope.open()) {
            members.forEach((place, member) -> {
                if (member.strategy() instanceof PromptPool pool) {
                    cards.put(place, pool.cards());
                }
            });
        }
        return cards;
    }

    @Override
    public void close() {
        instances.close();
    }
}
