import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyFilter;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.ExclusionsDependencyFilter;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;

/**
 * Makes the Maven repository inside the product: what a strategy is compiled and tested with, and what makes a bundle of it.
 *
 * <p>Of ours it has the bundles whose sources the feature {@code karuta.sdk} names, deployed as {@code mvn deploy} does: a
 * snapshot bears the time of its build, so that Maven sees that another one is newer. What they depend on is read from what
 * they import. Of others it has what Maven's own resolver takes for a project that inherits from {@code karuta.strategy.xml}, out
 * of the local repository of this build. The jar of the natives is that of the product, as a bundle; it goes by its name there.
 *
 * <p>Arguments: product, feature {@code karuta.sdk}, folder of bundles, {@code karuta.strategy.xml}, local repository, version
 * of the parent pom, class path of others' jars, Maven's home, whether Javadoc is made.
 */
final class MavenRepository {

    private static final String OURS = "karuta";
    private static final String NATIVES = "ai.djl.pytorch.native.cpu";

    /** What the toys need to compute with, though no class imports it. */
    private static final Map<String, List<String>> RUNS_WITH = Map.of("karuta.kit", List.of("pytorch-jni", NATIVES));

    private static final String EPL = license("EPL-2.0", "https://www.eclipse.org/legal/epl-2.0/");
    private static final String OF_NATIVES = license("Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0.txt")
            + license("BSD-3-Clause (PyTorch)", "https://github.com/pytorch/pytorch/blob/main/LICENSE");

    /**
     * A jar and what it is in Maven.
     *
     * @param packages that it has
     */
    private record Library(String group, String name, String version, Path jar, Set<String> packages) {

        String dependency(String scope) {
            return """
                        <dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version><scope>%s</scope></dependency>
                    """.formatted(group, name, version, scope).replaceFirst("^ +", "    ");
        }
    }

    private final Path product;
    private final Path repository;
    private final Path local;
    private final Path maven;
    private final String version;

    private MavenRepository(Path product, Path local, Path maven, String version) {
        this.product = product;
        this.repository = product.resolve("repository");
        this.local = local;
        this.maven = maven;
        this.version = version;
    }

    public static void main(String[] args) throws Exception {
        var made = new MavenRepository(Path.of(args[0]), Path.of(args[4]), Path.of(args[7]), args[5]);
        made.make(
                Path.of(args[1]),
                Path.of(args[2]),
                Files.readString(Path.of(args[3])),
                args[6],
                args[8].equals("true"));
    }

    private void make(Path feature, Path bundles, String parent, String classPath, boolean javadoc) throws Exception {
        delete(repository);
        var names = Pattern.compile("\"(karuta\\.[a-z.]+)\\.source\"")
                .matcher(Files.readString(feature))
                .results()
                .map(found -> found.group(1))
                .toList();
        var libraries = new ArrayList<Library>();
        for (var jar : classPath.split(File.pathSeparator)) {
            if (Path.of(jar).startsWith(local)) {
                libraries.add(ofOthers(Path.of(jar)));
            }
        }
        var natives = natives();
        libraries.add(natives);
        var ours = new ArrayList<Library>();
        for (var name : names) {
            ours.add(ours(name));
        }
        libraries.addAll(ours);

        var poms = new LinkedHashMap<String, String>();
        poms.put(NATIVES, pom(natives, "PyTorch's libraries, as the product has them", OF_NATIVES, ""));
        for (var library : ours) {
            poms.put(library.name(), pom(library, title(library), EPL, dependencies(library, libraries)));
        }
        poms.put("karuta.strategy", withVersions(parent, libraries));

        new Others(poms, libraries).resolve();
        deploy(natives.name(), natives.version(), poms, Map.of(".jar", natives.jar()));
        for (var library : ours) {
            var files = new LinkedHashMap<String, Path>();
            files.put(".jar", library.jar());
            var sources = sources(bundles, library.name());
            files.put("-sources.jar", zip(sources, library.name() + "-sources.jar"));
            if (javadoc) {
                files.put("-javadoc.jar", zip(document(library, sources, libraries), library.name() + "-javadoc.jar"));
            }
            deploy(library.name(), version, poms, files);
        }
        deploy("karuta.strategy", version, poms, Map.of());
        delete(work());
        linkWhatTheProductHas();
        sumUp();
    }

    /** Jars of a local repository lie at group/artifact/version/file. */
    private Library ofOthers(Path jar) throws IOException {
        var place = local.relativize(jar).getParent();
        var group = place.getParent().getParent().toString().replace(File.separatorChar, '.');
        var name = place.getParent().getFileName().toString();
        return new Library(group, name, place.getFileName().toString(), jar, packages(jar));
    }

    private Library natives() throws IOException {
        var jar = plugin(NATIVES);
        var file = jar.getFileName().toString();
        var nativeVersion = file.substring(NATIVES.length() + 1, file.length() - ".jar".length());
        return new Library(OURS, NATIVES, nativeVersion, jar, Set.of());
    }

    private Library ours(String name) throws IOException {
        var jar = plugin(name);
        return new Library(OURS, name, version, jar, packages(jar));
    }

    private Path plugin(String name) throws IOException {
        try (var jars = Files.newDirectoryStream(product.resolve("plugins"), name + "_*.jar")) {
            var found = jars.iterator();
            if (!found.hasNext()) {
                throw new IllegalStateException("The product has no bundle " + name + ".");
            }
            return found.next();
        }
    }

    private static Set<String> packages(Path file) throws IOException {
        try (var jar = new JarFile(file.toFile())) {
            return jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && name.contains("/") && !name.startsWith("META-INF/"))
                    .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
                    .collect(Collectors.toSet());
        }
    }

    private static String header(Path file, String name) throws IOException {
        try (var jar = new JarFile(file.toFile())) {
            return Optional.ofNullable(jar.getManifest().getMainAttributes().getValue(name))
                    .orElse("");
        }
    }

    private static String title(Library library) throws IOException {
        return header(library.jar(), "Bundle-Name");
    }

    /** What a bundle imports has to come from somebody, and that is what it depends on. */
    private static String dependencies(Library of, List<Library> libraries) throws IOException {
        var needed = new LinkedHashSet<Library>();
        for (var imported :
                header(of.jar(), "Import-Package").replaceAll("\"[^\"]*\"", "").split(",")) {
            var name = imported.replaceFirst(";.*", "");
            if (!name.isEmpty() && !ofJava(name)) {
                needed.add(provider(libraries, name)
                        .orElseThrow(() -> new IllegalStateException(of.name() + " imports " + name
                                + ", which no jar on the class path of the product's pom has.")));
            }
        }
        needed.remove(of);
        var compiled = needed.stream().map(each -> each.dependency(JavaScopes.COMPILE));
        var run = RUNS_WITH.getOrDefault(of.name(), List.of()).stream()
                .map(name -> named(libraries, name).dependency(JavaScopes.RUNTIME));
        return Stream.concat(compiled, run).collect(Collectors.joining());
    }

    private static boolean ofJava(String name) {
        return ModuleLayer.boot().modules().stream()
                .anyMatch(module -> module.getPackages().contains(name));
    }

    private static Optional<Library> provider(Collection<Library> libraries, String name) {
        return libraries.stream().filter(each -> each.packages().contains(name)).findFirst();
    }

    private static Library named(Collection<Library> libraries, String name) {
        return libraries.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("The class path of the product's pom has no " + name + "."));
    }

    private static String license(String name, String url) {
        return "    <license><name>%s</name><url>%s</url></license>\n".formatted(name, url);
    }

    private static String pom(Library of, String title, String licenses, String dependencies) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                  <name>%s</name>
                  <licenses>
                %s  </licenses>
                  <dependencies>
                %s  </dependencies>
                </project>
                """.formatted(of.group(), of.name(), of.version(), title, licenses, dependencies);
    }

    private String withVersions(String parent, List<Library> libraries) {
        return Pattern.compile("@([a-z0-9.-]+)@")
                .matcher(parent)
                .replaceAll(found -> found.group(1).equals(OURS)
                        ? version
                        : named(libraries, found.group(1)).version());
    }

    /** Others' jars and poms, as Maven takes them for a project that has the parent pom, and for its bnd plugin. */
    private final class Others {

        private final RepositorySystem system = new RepositorySystemSupplier().get();
        private final RepositorySystemSession session;
        private final RemoteRepository remote =
                new RemoteRepository.Builder("build", "default", local.toUri().toString()).build();
        private final Model parent;

        Others(Map<String, String> poms, List<Library> libraries) throws Exception {
            var own = new LinkedHashMap<String, Path>();
            for (var pom : poms.entrySet()) {
                own.put(pom.getKey() + ".pom", write(work().resolve(pom.getKey() + ".pom"), pom.getValue()));
            }
            libraries.stream()
                    .filter(each -> each.group().equals(OURS))
                    .forEach(each -> own.put(each.name() + ".jar", each.jar()));
            var made = MavenRepositorySystemUtils.newSession();
            made.setLocalRepositoryManager(
                    system.newLocalRepositoryManager(made, new LocalRepository(repository.toFile())));
            made.setWorkspaceReader(new Own(own));
            made.setSystemProperties(System.getProperties()); // profiles in poms ask for the version of Java
            made.setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(false, false));
            session = made;
            parent = new MavenXpp3Reader().read(new StringReader(poms.get("karuta.strategy")));
        }

        void resolve() throws Exception {
            var request = new CollectRequest().addRepository(remote);
            for (var each : parent.getDependencies()) {
                var artifact =
                        new DefaultArtifact(each.getGroupId(), each.getArtifactId(), each.getType(), each.getVersion());
                request.addDependency(new Dependency(artifact, each.getScope()));
            }
            system.resolveDependencies(session, new DependencyRequest(request, null));
            for (var plugin : parent.getBuild().getPlugins()) {
                if (!plugin.getGroupId().equals("org.apache.maven.plugins")) { // these are Maven's own business
                    var artifact = new DefaultArtifact(
                            plugin.getGroupId(), plugin.getArtifactId(), "jar", plugin.getVersion());
                    var needs = new CollectRequest(new Dependency(artifact, JavaScopes.RUNTIME), List.of(remote));
                    system.resolveDependencies(session, new DependencyRequest(needs, partsOfMaven()));
                }
            }
            try (var files = Files.walk(repository)) { // what only a local repository has
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    if (!file.toString().matches(".*\\.(jar|pom)")) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /** Leaves out what plugins get of Maven itself, and Maven never looks for. */
    private DependencyFilter partsOfMaven() throws IOException {
        try (var cores = Files.newDirectoryStream(maven.resolve("lib"), "maven-core-*.jar");
                var core = new JarFile(cores.iterator().next().toFile());
                var extension = core.getInputStream(core.getEntry("META-INF/maven/extension.xml"))) {
            var names = Pattern.compile("<exportedArtifact>(.+?)</exportedArtifact>")
                    .matcher(new String(extension.readAllBytes(), StandardCharsets.UTF_8));
            return new ExclusionsDependencyFilter(
                    names.results().map(found -> found.group(1)).toList());
        }
    }

    /**
     * Ours, while they are nowhere yet.
     *
     * @param files by name and ending
     */
    private record Own(Map<String, Path> files) implements WorkspaceReader {

        private static final WorkspaceRepository REPOSITORY = new WorkspaceRepository("product");

        @Override
        public WorkspaceRepository getRepository() {
            return REPOSITORY;
        }

        @Override
        public File findArtifact(Artifact artifact) {
            var file = files.get(artifact.getArtifactId() + "." + artifact.getExtension());
            return file == null || !artifact.getGroupId().equals(OURS) ? null : file.toFile();
        }

        @Override
        public List<String> findVersions(Artifact artifact) {
            return List.of(artifact.getVersion());
        }
    }

    /** Puts an artifact where {@code mvn deploy} would. */
    private void deploy(String name, String of, Map<String, String> poms, Map<String, Path> files) throws IOException {
        var folder =
                Files.createDirectories(repository.resolve(OURS).resolve(name).resolve(of));
        var built = of.endsWith("-SNAPSHOT") ? of.replace("SNAPSHOT", timestamp() + "-1") : of;
        Files.writeString(folder.resolve(name + "-" + built + ".pom"), poms.get(name));
        for (var file : files.entrySet()) {
            Files.copy(file.getValue(), folder.resolve(name + "-" + built + file.getKey()));
        }
        if (!built.equals(of)) {
            var endings = new ArrayList<>(files.keySet());
            endings.add(".pom");
            Files.writeString(folder.resolve("maven-metadata.xml"), metadata(name, built, endings));
        }
    }

    /** When the product was built, by its bundles, as snapshots say it. */
    private String timestamp() throws IOException {
        var qualifier = header(plugin("karuta.api"), "Bundle-Version").replaceFirst(".*\\.", "");
        return qualifier.substring(0, 8) + "." + qualifier.substring(8) + "00";
    }

    private String metadata(String name, String built, List<String> endings) throws IOException {
        var updated = timestamp().replace(".", "");
        var versions = new StringBuilder();
        for (var ending : endings) {
            var classifier = ending.startsWith("-") ? ending.substring(1, ending.indexOf('.')) : "";
            versions.append("      <snapshotVersion>")
                    .append(classifier.isEmpty() ? "" : "<classifier>" + classifier + "</classifier>")
                    .append("<extension>%s</extension><value>%s</value><updated>%s</updated></snapshotVersion>\n"
                            .formatted(ending.substring(ending.indexOf('.') + 1), built, updated));
        }
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <metadata modelVersion="1.1.0">
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                  <versioning>
                    <snapshot><timestamp>%s</timestamp><buildNumber>1</buildNumber></snapshot>
                    <lastUpdated>%s</lastUpdated>
                    <snapshotVersions>
                %s    </snapshotVersions>
                  </versioning>
                </metadata>
                """.formatted(OURS, name, version, timestamp(), updated, versions);
    }

    private static Path sources(Path bundles, String name) throws IOException {
        try (var rooms = Files.newDirectoryStream(bundles)) {
            for (var room : rooms) {
                if (Files.isDirectory(room.resolve(name))) {
                    return room.resolve(name).resolve("src");
                }
            }
        }
        throw new IllegalStateException("There is no bundle " + name + " in " + bundles + ".");
    }

    /** Javadoc of a bundle; what it says wrongly (broken links, unknown parameters, bad HTML) ends the build. */
    private Path document(Library of, Path sources, List<Library> libraries) {
        var folder = work().resolve(of.name());
        var classPath =
                libraries.stream().map(each -> each.jar().toString()).collect(Collectors.joining(File.pathSeparator));
        var title = of.name() + " " + version;
        var code = ToolProvider.findFirst("javadoc")
                .orElseThrow(() -> new IllegalStateException("Javadoc needs a JDK."))
                .run(
                        System.out,
                        System.err,
                        "-quiet",
                        "-notimestamp",
                        "-Werror",
                        "-Xdoclint:all,-missing",
                        "-encoding",
                        "UTF-8",
                        "-windowtitle",
                        title,
                        "-doctitle",
                        title,
                        "-d",
                        folder.toString(),
                        "-classpath",
                        classPath,
                        "-sourcepath",
                        sources.toString(),
                        "-subpackages",
                        OURS);
        if (code != 0) {
            throw new IllegalStateException("The Javadoc of " + of.name() + " has mistakes, see above.");
        }
        return folder;
    }

    private Path zip(Path folder, String name) throws IOException {
        var file = Files.createDirectories(work()).resolve(name);
        try (var out = new ZipOutputStream(Files.newOutputStream(file));
                var walk = Files.walk(folder)) {
            for (var each : walk.filter(Files::isRegularFile).sorted().toList()) {
                var entry = new ZipEntry(folder.relativize(each).toString().replace(File.separatorChar, '/'));
                entry.setTime(0);
                out.putNextEntry(entry);
                Files.copy(each, out);
            }
        }
        return file;
    }

    /** A jar that the product has as a bundle, byte for byte, is on the disk and in the archive once. */
    private void linkWhatTheProductHas() throws IOException {
        var bundles = new LinkedHashMap<Long, Path>();
        try (var jars = Files.newDirectoryStream(product.resolve("plugins"), "*.jar")) {
            for (var jar : jars) {
                bundles.put(Files.size(jar), jar);
            }
        }
        for (var file : files(".jar")) {
            var bundle = bundles.get(Files.size(file));
            if (bundle != null && Files.mismatch(file, bundle) < 0) {
                Files.delete(file);
                Files.createLink(file, bundle);
            }
        }
    }

    /** Maven wants a checksum beside each file. */
    private void sumUp() throws Exception {
        for (var file : files("")) {
            var digest = MessageDigest.getInstance("SHA-1");
            try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                Files.copy(file, out);
            }
            Files.writeString(
                    file.resolveSibling(file.getFileName() + ".sha1"),
                    HexFormat.of().formatHex(digest.digest()));
        }
    }

    private Set<Path> files(String ending) throws IOException {
        try (var walk = Files.walk(repository)) {
            return walk.filter(
                            file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private Path work() {
        return product.resolveSibling("repository.work");
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var walk = Files.walk(folder)) {
                for (var each : walk.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
