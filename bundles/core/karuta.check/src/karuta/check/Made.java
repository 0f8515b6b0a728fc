package karuta.check;

import java.util.function.Supplier;
import karuta.api.Strategy;

/**
 * A fresh strategy that nobody has started, with what gives it back.
 *
 * @param strategy of the kind that is asked for
 * @param giveBack closes it, and gives it back to whoever made it
 */
public record Made<T extends Strategy>(T strategy, Runnable giveBack) implements AutoCloseable {

    /** Makes fresh strategies, always alike. */
    @FunctionalInterface
    public interface Maker<T extends Strategy> {

        /** Another one. */
        Made<? extends T> make();

        /** Makes them by a constructor. */
        static <T extends Strategy> Maker<T> of(Supplier<? extends T> constructor) {
            return () -> {
                T strategy = constructor.get();
                return new Made<>(strategy, strategy::close);
            };
        }
    }

    @Override
    public void close() {
        giveBack.run();
    }
}
