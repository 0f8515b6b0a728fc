package karuta.engine.toy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The disk, with one change that fails, or with none that works any more from some moment on, as after a kill; or one on
 * which others do something in between.
 */
public final class FaultyDisk extends FileSystem {

    private final FileSystem disk = FileSystems.getDefault();
    private final Provider provider = new Provider();
    private final int faulty;
    private final boolean dead;
    private final Runnable others;
    private int changes;

    /**
     * @param faulty which change fails, from 1; 0 for none
     * @param dead whether all later ones fail as well
     */
    public FaultyDisk(int faulty, boolean dead) {
        this(faulty, dead, () -> {});
    }

    /** @param others what they do before each access to the disk, which is whole */
    public FaultyDisk(Runnable others) {
        this(0, false, others);
    }

    private FaultyDisk(int faulty, boolean dead, Runnable others) {
        this.faulty = faulty;
        this.dead = dead;
        this.others = others;
    }

    /** How many changes were asked for. */
    public synchronized int changes() {
        return changes;
    }

    private synchronized void change(Path path) throws IOException {
        changes++;
        if (faulty > 0 && (changes == faulty || dead && changes > faulty)) {
            throw new IOException("no change " + changes + " of " + path.getFileName());
        }
    }

    /** A path on this disk. */
    public Path path(Path real) {
        return (Path) Proxy.newProxyInstance(
                FaultyDisk.class.getClassLoader(), new Class<?>[] {Path.class}, (p, m, a) -> {
                    if (m.getName().equals("getFileSystem")) {
                        return this;
                    }
                    if (m.getName().equals("iterator")) {
                        return each(real).iterator();
                    }
                    var arguments = a == null
                            ? new Object[0]
                            : Stream.of(a).map(FaultyDisk::real).toArray();
                    try {
                        var result = m.invoke(real, arguments);
                        return result instanceof Path path ? path(path) : result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private Stream<Path> each(Iterable<Path> paths) {
        return StreamSupport.stream(paths.spliterator(), false).map(this::path);
    }

    private static Object real(Object object) {
        if (object instanceof Path path && Proxy.isProxyClass(path.getClass())) {
            return disk(path);
        }
        return object;
    }

    private static Path disk(Path path) {
        return Path.of(path.toString());
    }

    private final class Provider extends FileSystemProvider {

        private final FileSystemProvider real = disk.provider();

        private void open(Path path, Set<? extends OpenOption> options) throws IOException {
            others.run();
            if (options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND)) {
                change(path);
            }
        }

        @Override
        public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> o, FileAttribute<?>... a)
                throws IOException {
            open(path, o);
            return real.newByteChannel(disk(path), o, a);
        }

        @Override
        public FileChannel newFileChannel(Path path, Set<? extends OpenOption> o, FileAttribute<?>... a)
                throws IOException {
            open(path, o);
            return real.newFileChannel(disk(path), o, a);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path dir, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            others.run();
            var stream = real.newDirectoryStream(disk(dir), path -> filter.accept(path(path)));
            return new DirectoryStream<>() {
                @Override
                public Iterator<Path> iterator() {
                    return each(stream).iterator();
                }

                @Override
                public void close() throws IOException {
                    stream.close();
                }
            };
        }

        @Override
        public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
            others.run();
            if (!Files.exists(disk(path))) {
                change(path);
            }
            real.createDirectory(disk(path), attributes);
        }

        @Override
        public void delete(Path path) throws IOException {
            others.run();
            if (Files.exists(disk(path))) {
                change(path);
            }
            real.delete(disk(path));
        }

        @Override
        public void copy(Path from, Path to, CopyOption... options) throws IOException {
            others.run();
            change(to);
            real.copy(disk(from), disk(to), options);
        }

        @Override
        public void move(Path from, Path to, CopyOption... options) throws IOException {
            others.run();
            change(to);
            real.move(disk(from), disk(to), options);
        }

        @Override
        public String getScheme() {
            return "faulty";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            return FaultyDisk.this;
        }

        @Override
        public Path getPath(URI uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isSameFile(Path one, Path other) throws IOException {
            return real.isSameFile(disk(one), disk(other));
        }

        @Override
        public boolean isHidden(Path path) throws IOException {
            return real.isHidden(disk(path));
        }

        @Override
        public FileStore getFileStore(Path path) throws IOException {
            return real.getFileStore(disk(path));
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            others.run();
            real.checkAccess(disk(path), modes);
        }

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            return real.getFileAttributeView(disk(path), type, options);
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            others.run();
            return real.readAttributes(disk(path), type, options);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
                throws IOException {
            others.run();
            return real.readAttributes(disk(path), attributes, options);
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
            others.run();
            change(path);
            real.setAttribute(disk(path), attribute, value, options);
        }
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        // the disk stays
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return disk.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return each(disk.getRootDirectories()).toList();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return disk.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return disk.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return path(disk.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        var matcher = disk.getPathMatcher(pattern);
        return path -> matcher.matches(disk(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return disk.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }
}
