package karuta.kit;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;

/** Options as a study gives them. */
public final class ToyOptions {

    private ToyOptions() {}

    /** What a study gives that says nothing. */
    public static <T> T defaults(Class<T> options) {
        return of(options, Map.of());
    }

    /**
     * What a study gives that says something.
     *
     * @param options an annotation type whose elements have defaults
     * @param said by the element's name, of its type
     * @throws IllegalArgumentException if there is no such option
     */
    public static <T> T of(Class<T> options, Map<String, Object> said) {
        said.keySet().forEach(name -> require(options, name));
        return options.cast(Proxy.newProxyInstance(
                options.getClassLoader(),
                new Class<?>[] {options},
                (proxy, option, none) ->
                        Optional.ofNullable(said.get(option.getName())).orElseGet(option::getDefaultValue)));
    }

    private static void require(Class<?> options, String name) {
        try {
            options.getDeclaredMethod(name);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(options.getName() + " has no option " + name, e);
        }
    }
}
