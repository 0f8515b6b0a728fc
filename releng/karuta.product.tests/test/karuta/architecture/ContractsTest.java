package karuta.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.ArchCondition.from;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of {@code karuta.api}, which others implement: a change later is dear. */
class ContractsTest extends Rules {

    private static final DescribedPredicate<JavaClass> OF_API = ROOMS.in(Set.of("karuta.api"));

    @Test
    void theContractsNeedNoLibraryButDjl() throws IOException {
        var rule = classes()
                .that(OF_API)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "karuta.api..",
                        "java..",
                        "ai.djl..",
                        "org.jspecify.annotations..",
                        "org.osgi.annotation..",
                        "org.osgi.service.component.annotations.."); // read when a bundle is built
        rule.check(KARUTA);
        refuses(rule, "package karuta.api; class Here { org.slf4j.Logger known; }");
    }

    @Test
    void noContractDeclaresACheckedException() throws IOException {
        var rule = contractsShould(
                "declare only unchecked exceptions",
                unit -> unit.getThrowsClause().getTypes().stream()
                        .allMatch(assignableTo(RuntimeException.class).or(assignableTo(Error.class))));
        rule.check(KARUTA);
        refuses(rule, "package karuta.api; public interface Here { void reads() throws java.io.IOException; }");
    }

    /** What may be missing is an Optional, or a shorter collection, never both. */
    @Test
    void noContractPutsAnOptionalAndACollectionIntoEachOther() throws IOException {
        var rule = contractsShould(
                "have no Optional in or around a collection",
                unit -> Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                        .noneMatch(ContractsTest::isMissingInTwoWays));
        rule.check(KARUTA);
        refuses(
                rule,
                "package karuta.api; public interface Here { java.util.List<java.util.Optional<String>> names(); }");
        refuses(
                rule,
                "package karuta.api; public interface Here { void name(java.util.Optional<java.util.List<String>> names); }");
    }

    /**
     * Arrays must be closed and are values all the same, and so are cards, which hold arrays: nothing else goes through the
     * contracts' records.
     */
    @Test
    void theContractsRecordsHoldValuesAndArrays() throws IOException {
        var works = describe(
                "a strategy, a function or something to close",
                (JavaClass type) -> !type.isAssignableTo("ai.djl.ndarray.NDArray")
                        && !type.isAssignableTo("karuta.api.Cards")
                        && (type.isAssignableTo("karuta.api.Strategy")
                                || type.isAssignableTo(AutoCloseable.class)
                                || type.getPackageName().equals("java.util.function")));
        var rule = fields().that()
                .areDeclaredInClassesThat(OF_API.and(describe("are records", JavaClass::isRecord)))
                .should(from(describe(
                        "be values or arrays",
                        (JavaField field) ->
                                field.getAllInvolvedRawTypes().stream().noneMatch(works))));
        rule.check(KARUTA);
        refuses(rule, "package karuta.api; record Here(java.util.List<java.util.function.Supplier<String>> names) {}");
    }

    /** A rule for what can be called from outside. */
    private static ArchRule contractsShould(String described, Predicate<JavaCodeUnit> holds) {
        return codeUnits()
                .that()
                .areDeclaredInClassesThat(OF_API)
                .and()
                .arePublic()
                .should(from(describe(described, holds)));
    }

    private static boolean isMissingInTwoWays(JavaType type) {
        if (!(type instanceof JavaParameterizedType parameterized)) {
            return false;
        }
        var inner = parameterized.getActualTypeArguments();
        return inner.stream().anyMatch(ContractsTest::isMissingInTwoWays)
                || mayBeEmpty(type)
                        && inner.stream().anyMatch(part -> mayBeEmpty(part) && (isOptional(type) || isOptional(part)));
    }

    private static boolean mayBeEmpty(JavaType type) {
        var raw = type.toErasure();
        return isOptional(type) || raw.isAssignableTo(Iterable.class) || raw.isAssignableTo(Map.class);
    }

    private static boolean isOptional(JavaType type) {
        return type.toErasure().isEquivalentTo(Optional.class);
    }
}
