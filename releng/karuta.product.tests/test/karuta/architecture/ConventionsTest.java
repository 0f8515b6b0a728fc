package karuta.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.ArchCondition.from;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** What every class of Karuta keeps to. */
class ConventionsTest extends Rules {

    private static final String DS = "org.osgi.service.component.annotations.";
    private static final String DOOR = "karuta.tensor.Tensors";

    /** Calls and method references, through a subtype of any name; {@code MemoryIT} looks for the rarer ways. */
    @Test
    void arraysOfJavaEnterPyTorchByOneDoor() throws IOException {
        var rule = noClasses()
                .that()
                .doNotHaveFullyQualifiedName(DOOR)
                .should()
                .accessTargetWhere(call(
                        "NDManager.create of Java's data",
                        "ai.djl.ndarray.NDManager",
                        (name, parameters) ->
                                name.startsWith("create") && !parameters.get(0).equals("ai.djl.ndarray.types.Shape")));
        rule.check(KARUTA);
        refuses(rule, """
                package karuta.pool.none;
                class Here {
                    ai.djl.ndarray.NDArray calls(ai.djl.ndarray.NDManager manager) {
                        return manager.create(1f);
                    }
                }""");
        refuses(rule, """
                package karuta.pool.none;
                class Here {
                    java.util.function.Function<float[], ai.djl.ndarray.NDArray> refers(ai.djl.ndarray.NDManager manager) {
                        return manager::create;
                    }
                }""");
    }

    /** DJL makes an array of the number behind the door's back; clip alone does not. */
    @Test
    void noOperatorTakesANumberOfJava() throws IOException {
        BiPredicate<String, List<String>> takesNumber =
                (name, parameters) -> !name.equals("clip") && parameters.contains("java.lang.Number");
        var rule = noClasses()
                .should()
                .accessTargetWhere(call("NDArray with a number", "ai.djl.ndarray.NDArray", takesNumber)
                        .or(call("NDArrays with a number", "ai.djl.ndarray.NDArrays", takesNumber)));
        rule.check(KARUTA);
        refuses(rule, """
                package karuta.pool.none;
                class Here {
                    ai.djl.ndarray.NDArray twice(ai.djl.ndarray.NDArray x) {
                        return x.mul(2);
                    }
                }""");
    }

    /**
     * Otherwise DJL may start with other libraries than the user's own, and reports to its makers; and it takes the first GPU
     * where it finds one, whatever device the study names.
     */
    @Test
    void managersComeFromTheEngineThatWasStarted() throws IOException {
        var rule = noClasses()
                .that()
                .doNotHaveFullyQualifiedName("karuta.tensor.TorchEngine")
                .should()
                .accessTargetWhere(call(
                        "NDManager.newBaseManager",
                        "ai.djl.ndarray.NDManager",
                        (name, parameters) -> name.equals("newBaseManager")));
        rule.check(KARUTA);
        refuses(rule, """
                package karuta.pool.none;
                class Here {
                    ai.djl.ndarray.NDManager manager() {
                        return ai.djl.ndarray.NDManager.newBaseManager(ai.djl.Device.cpu());
                    }
                }""");
    }

    @Test
    void onlyTheTerminalPrints() throws IOException {
        var rule = noClasses()
                .that()
                .doNotHaveFullyQualifiedName("karuta.app.Terminal")
                .should(ACCESS_STANDARD_STREAMS);
        rule.check(KARUTA);
        refuses(rule, "package karuta.app; class Here { void prints() { System.out.println(); } }");
        refuses(rule, "package karuta.app; class Here { void prints(Exception failed) { failed.printStackTrace(); } }");
    }

    /** Handlers are where slf4j's messages arrive: slf4j.jdk14 passes them to java.util.logging. */
    @Test
    void whoLogsKnowsSlf4jAlone() throws IOException {
        var rule = noClasses()
                .that()
                .areNotAssignableTo("java.util.logging.Handler")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging");
        rule.check(KARUTA);
        refuses(rule, "package karuta.engine.run; class Here { java.util.logging.Level level; }");
    }

    @Test
    void nothingIsNullUnlessMarked() throws IOException {
        var rule = classes()
                .should(from(describe(
                        "be in a package that is @NullMarked",
                        type -> type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked"))));
        rule.check(KARUTA);
        refuses(rule, "package karuta.pool.none; class Here {}");
    }

    @Test
    void everythingHasANameOfItsOwn() throws IOException {
        var rule = noClasses().should().haveNameMatching(".*(\\.util[^.]*\\..*|Utils?|Helpers?)");
        rule.check(KARUTA);
        refuses(rule, "package karuta.engine.util; class Here {}");
        refuses(rule, "package karuta.engine.run; class RunUtils {}");
    }

    @Test
    void componentsAreFinalAndHaveOneWayIn() throws IOException {
        var rule = classes()
                .that()
                .areAnnotatedWith(DS + "Component")
                .should()
                .bePublic()
                .andShould()
                .haveModifier(JavaModifier.FINAL)
                .andShould(from(describe(
                        "have at most one constructor with @Activate",
                        (JavaClass type) -> type.getConstructors().stream()
                                        .filter(way -> way.isAnnotatedWith(DS + "Activate"))
                                        .count()
                                <= 1)));
        rule.check(KARUTA);
        refuses(rule, "package karuta.pool.none; @" + DS + "Component public class Here {}");
        refuses(rule, "package karuta.pool.none; @" + DS + "Component final class Here {}");
        refuses(rule, """
                package karuta.pool.none;
                import org.osgi.service.component.annotations.*;
                @Component
                public final class Here {
                    @Activate
                    public Here() {}
                    @Activate
                    public Here(java.util.Map<String, Object> options) {}
                }""");
    }

    /** But for who shows what somebody has done to a pool, and for the service, which judges each revision that it opens. */
    @Test
    void nobodyUsesAPoolBeforeItsRevisionsAreJudged() throws IOException {
        var rule = noClasses()
                .that()
                .resideOutsideOfPackage("karuta.archive..")
                .and()
                .doNotHaveFullyQualifiedName("karuta.app.PoolOptions")
                .and()
                .doNotHaveFullyQualifiedName("karuta.serve.pool.PoolKeeper")
                .should()
                .accessTargetWhere(call(
                        "PoolRepository.read or open instead of TrustedPools",
                        "karuta.archive.git.PoolRepository",
                        (name, parameters) -> List.of("read", "open").contains(name)));
        rule.check(KARUTA);
        refuses(rule, """
                package karuta.use.care;
                class Here {
                    karuta.archive.git.PoolRepository calls(java.nio.file.Path pool) {
                        return karuta.archive.git.PoolRepository.read(pool);
                    }
                }""");
    }

    /** Calls of a type's methods and references to them, also through a subtype. */
    private static DescribedPredicate<JavaAccess<?>> call(
            String described, String owner, BiPredicate<String, List<String>> method) {
        return describe(
                described,
                access -> access.getTarget() instanceof CodeUnitAccessTarget target
                        && target.getOwner().isAssignableTo(owner)
                        && method.test(
                                target.getName(),
                                target.getRawParameterTypes().stream()
                                        .map(JavaClass::getName)
                                        .toList()));
    }
}
