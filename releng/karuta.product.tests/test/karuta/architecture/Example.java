package karuta.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Classes that break a rule. They are compiled from text, so that none has to lie about in the packages of Karuta. */
final class Example {

    private static final Pattern NAME = Pattern.compile("(?:class|interface|record) (\\w+)");

    private Example() {}

    /**
     * Compiles and reads classes.
     *
     * @param parent where a folder of compiled classes is made
     * @param sources one type each
     */
    static JavaClasses of(Path parent, String... sources) throws IOException {
        var folder = Files.createTempDirectory(parent, "example");
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        var options =
                List.of("-proc:none", "-d", folder.toString(), "-classpath", System.getProperty("java.class.path"));
        var files = Arrays.stream(sources).map(Example::file).toList();
        assertTrue(compiler.getTask(said, null, null, options, null, files).call(), said::toString);
        return new ClassFileImporter().importPath(folder);
    }

    private static JavaFileObject file(String source) {
        var name = NAME.matcher(source);
        assertTrue(name.find(), source);
        return new SimpleJavaFileObject(
                URI.create("string:///" + name.group(1) + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }
}
