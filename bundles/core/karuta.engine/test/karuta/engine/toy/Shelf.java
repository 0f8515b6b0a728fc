package karuta.engine.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import karuta.api.Strategy;
import karuta.engine.catalog.Abilities;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.OptionType;
import karuta.engine.catalog.Source;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;
import karuta.yaml.Suggestion;

/** Strategies without OSGi. Counts the instances that have not been given back. */
public final class Shelf implements Strategies {

    private record Item(StrategyType type, Function<Map<String, Object>, Strategy> maker) {}

    private final List<Item> items = new ArrayList<>();
    private int open;

    public Shelf with(Kind kind, String id, Function<Map<String, Object>, Strategy> maker, OptionType... options) {
        var type = new StrategyType(
                kind,
                id,
                new Source("toys", "1.0.0", "dropins/toys.jar", "hash of " + kind.key() + " " + id, "ground"),
                Optional.empty(),
                "A toy.",
                List.of(options));
        items.add(new Item(type, maker));
        return this;
    }

    /** What the strategy that came last declares. */
    public Shelf declaring(Abilities abilities) {
        var last = items.remove(items.size() - 1);
        items.add(new Item(with(last.type(), last.type().source(), abilities), last.maker()));
        return this;
    }

    private static StrategyType with(StrategyType type, Source source, Abilities abilities) {
        return new StrategyType(
                type.kind(),
                type.id(),
                source,
                type.paper(),
                type.description(),
                type.options(),
                type.rule(),
                abilities);
    }

    /** As if a strategy had been built anew from other sources, or came from another bundle. */
    public void rebuild(Kind kind, String bundle, boolean beside) {
        var first =
                items.stream().filter(i -> i.type().kind() == kind).findFirst().orElseThrow();
        var type = first.type();
        var source = new Source(bundle, "2.0.0", "dropins/" + bundle + ".jar", "another hash", "ground");
        if (!beside) {
            items.remove(first);
        }
        items.add(new Item(with(type, source, type.abilities()), first.maker()));
    }

    public static OptionType whole(String name, int value, double least) {
        return new OptionType(
                name,
                OptionType.Form.WHOLE,
                false,
                Optional.of(List.of(Integer.toString(value))),
                new OptionType.Limits(Optional.of(least), Optional.empty()),
                List.of(),
                "A number.");
    }

    public synchronized int open() {
        return open;
    }

    @Override
    public List<StrategyType> types() {
        return items.stream().map(Item::type).sorted(StrategyType.ORDER).toList();
    }

    @Override
    public Missing missing(Kind kind, String id) {
        var ids = types().stream()
                .filter(t -> t.kind() == kind)
                .map(StrategyType::id)
                .toList();
        return ambiguous(kind, id)
                .orElseGet(() -> new Missing(
                        "there is no " + kind.key() + " \"" + id + "\"" + Suggestion.hint(id, ids), "look again"));
    }

    @Override
    public synchronized Instance create(StrategyType type, Map<String, Object> options) {
        var item = items.stream().filter(i -> i.type().equals(type)).findFirst().orElseThrow();
        var strategy = item.maker().apply(options);
        open++;
        return new Instance() {
            @Override
            public Strategy strategy() {
                return strategy;
            }

            @Override
            public void close() {
                strategy.close();
                synchronized (Shelf.this) {
                    open--;
                }
            }
        };
    }
}
