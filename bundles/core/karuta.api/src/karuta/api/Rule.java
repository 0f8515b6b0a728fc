package karuta.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * What a {@link Scorer} tells of itself beside its description, for {@code karuta scorers}. The description says in one
 * sentence what the rule does, and in a second one what is wrong with it.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Rule {

    /** What all names of its properties begin with. */
    String PREFIX_ = "rule.";

    /** The rules that it is listed with: "grounding". */
    String family();

    /** Whose rule it is: "CoIN", or "Karuta". */
    String of();

    /** What is scored by it: "Grounding in CoIN". */
    String usedBy();

    /** Names of the fields that it needs of every {@link Sample}. */
    String[] needs() default {};

    /** Names of the fields that it makes use of where they are there. */
    String[] takes() default {};

    /** The id of the rule without its faults. */
    String mendedBy() default "";
}
