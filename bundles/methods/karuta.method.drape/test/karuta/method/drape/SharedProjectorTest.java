package karuta.method.drape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import karuta.api.Backbone;
import karuta.api.BackboneSpec;
import karuta.api.KarutaException;
import karuta.api.StrategyContext;
import karuta.kit.ToyContext;
import org.junit.jupiter.api.Test;

class SharedProjectorTest {

    private static <T> T other(Class<T> type, T object, String method, Object answer) {
        InvocationHandler handler =
                (proxy, called, args) -> called.getName().equals(method) ? answer : called.invoke(object, args);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void aBackboneWithoutProjectorIsRefusedInWords() {
        try (var toys = new ToyContext(1)) {
            assertEquals(1, SharedProjector.fresh(toys).layers().size());
            var spec = toys.backbone().spec();
            var bare = new BackboneSpec(
                    spec.fingerprint(),
                    spec.hidden(),
                    spec.layers(),
                    spec.keyValueSize(),
                    spec.linears(),
                    List.of(),
                    spec.images());
            var backbone = other(Backbone.class, toys.backbone(), "spec", bare);
            var context = other(StrategyContext.class, toys, "backbone", backbone);
            var refused = assertThrows(KarutaException.class, () -> SharedProjector.fresh(context));
            assertEquals(
                    "The fusion \"drape\" trains the projector, and the backbone has none.\n"
                            + "  Use a backbone with a projector, or set \"projectorRate\" to 0.",
                    refused.getMessage());
        }
    }
}
