package karuta.project;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import karuta.api.Contracts;

/** What is in a new project, by the path of the file. */
final class ProjectTemplate {

    private static final Pattern PLACE = Pattern.compile("@([a-zA-Z]+)@");

    private final Map<String, String> words = new LinkedHashMap<>();
    private final ProjectKind kind;
    private final ProjectName name;

    ProjectTemplate(ProjectKind kind, ProjectName name, Installation karuta) {
        this.kind = kind;
        this.name = name;
        words.put("kind", kind.word());
        words.put("package", name.text());
        words.put("path", name.path());
        words.put("id", name.id());
        words.put("Class", name.className());
        words.put("trial", kind.trial());
        words.put("version", karuta.version());
        words.put("contracts", Contracts.line(Contracts.VERSION));
        words.put("repository", karuta.repository().toUri().toString().replace("&", "&amp;"));
    }

    /** All files; the class that the user changes comes first. */
    Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        var folder = kind.word() + "/";
        files.put(
                "src/main/java/" + name.path() + "/" + name.className() + ".java",
                filled(folder + "Strategy.java.txt"));
        files.put(
                "src/test/java/" + name.path() + "/" + name.className() + "Test.java",
                filled(folder + "Test.java.txt"));
        var trial = kind == ProjectKind.SCORER ? "sheet.jsonl" : "study.yaml";
        files.put(trial, filled(folder + trial));
        files.put("pom.xml", filled("pom.xml"));
        files.put("README.md", filled("README.md"));
        files.put(".gitignore", filled("gitignore"));
        return files;
    }

    private String filled(String template) {
        return PLACE.matcher(text(template))
                .replaceAll(place -> Matcher.quoteReplacement(Objects.requireNonNull(
                        words.get(place.group(1)), () -> template + " has a place for " + place.group())));
    }

    private static String text(String template) {
        try (var in = open(template)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static InputStream open(String template) {
        return Objects.requireNonNull(ProjectTemplate.class.getResourceAsStream("templates/" + template), template);
    }
}
