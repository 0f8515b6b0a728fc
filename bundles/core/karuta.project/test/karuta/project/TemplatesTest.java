package karuta.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/** Every project that is written is a working strategy, which passes the test that is written with it. */
class TemplatesTest {

    private static final ProjectName NAME = new ProjectName("my.lab.some_thing");

    @TempDir
    private Path folder = Path.of("");

    private Path write(ProjectKind kind) {
        var project = folder.resolve(kind.word());
        NewProject.write(project, kind, NAME, Toys.karuta());
        return project;
    }

    @ParameterizedTest
    @EnumSource
    void theStrategyPassesItsOwnTest(ProjectKind kind) throws Exception {
        var project = write(kind);
        var classes = Files.createDirectory(folder.resolve("classes"));
        var sources = List.of(
                project.resolve("src/main/java/my/lab/some_thing/SomeThing.java"),
                project.resolve("src/test/java/my/lab/some_thing/SomeThingTest.java"));
        assertEquals(
                List.of(),
                SourceCompiler.ofTheJdk().compile(sources, Toys.karuta().jars(), classes));
        var urls = new URL[] {classes.toUri().toURL()};
        try (var loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            var test = loader.loadClass("my.lab.some_thing.SomeThingTest");
            var claims = new ArrayList<>(methods(test, Test.class));
            var own = claims.size();
            claims.addAll(methods(test, TestFactory.class));
            assertTrue(own >= 1 && claims.size() == own + 1, claims.toString());
            for (var claim : claims) {
                run(test, claim);
            }
        }
    }

    private static void run(Class<?> test, Method claim) throws Exception {
        var constructor = test.getDeclaredConstructor();
        constructor.setAccessible(true);
        var instance = constructor.newInstance();
        try {
            if (claim.invoke(instance) instanceof Stream<?> properties) {
                properties.map(DynamicTest.class::cast).forEach(TemplatesTest::run);
            }
        } catch (InvocationTargetException failed) {
            throw new AssertionError(claim.getName() + ": " + failed.getCause(), failed.getCause());
        } finally {
            for (var after : methods(test, AfterEach.class)) {
                after.invoke(instance);
            }
        }
    }

    private static void run(DynamicTest property) {
        try {
            property.getExecutable().execute();
        } catch (TestAbortedException skipped) {
            return; // it says nothing about this kind
        } catch (Throwable failed) {
            throw new AssertionError(property.getDisplayName() + ": " + failed.getMessage(), failed);
        }
    }

    private static List<Method> methods(Class<?> test, Class<? extends java.lang.annotation.Annotation> annotation) {
        var found = new ArrayList<Method>();
        for (Class<?> type = test; type != Object.class; type = type.getSuperclass()) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(annotation))
                    .forEach(found::add);
        }
        found.forEach(method -> method.setAccessible(true));
        return found;
    }

    @ParameterizedTest
    @EnumSource
    void noPlaceIsLeftOpen(ProjectKind kind) throws IOException {
        try (var files = Files.walk(write(kind))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var text = Files.readString(file);
                assertFalse(Pattern.compile("@[a-z]+@|@Class@").matcher(text).find(), file.toString());
            }
        }
    }

    @Test
    void aSelectorIsAtMostTwentyLinesOfOnesOwn() throws IOException {
        var lines = Files.readAllLines(
                write(ProjectKind.SELECTOR).resolve("src/main/java/my/lab/some_thing/SomeThing.java"));
        var own = lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty()
                        && Stream.of("package ", "import ", "/**").noneMatch(line::startsWith))
                .toList();
        assertTrue(own.size() <= 20, own.size() + " lines: " + own);
    }
}
