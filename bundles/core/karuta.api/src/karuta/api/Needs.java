package karuta.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * What a strategy needs whatever its options are. It is checked when a study is wired, before anything is loaded, and {@code karutan * strategies KIND.ID} prints it. What depends on options a strategy checks itself: it is rehearsed before a study starts.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Needs {

    /** What it cannot do without. */
    Ability[] value();
}
