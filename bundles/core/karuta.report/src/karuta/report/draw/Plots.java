package karuta.report.draw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import karuta.report.Comparison;

/** Figures as files for papers and slides. */
public final class Plots {

    private Plots() {}

    /**
     * Writes every figure as SVG and as PNG.
     *
     * @param folder made if missing
     * @param prefix of all names
     * @return what was written
     */
    public static List<Path> write(Comparison comparison, Path folder, String prefix) throws IOException {
        Files.createDirectories(folder);
        var written = new ArrayList<Path>();
        for (var figure : new StudyFigures(comparison).all()) {
            var name = prefix + figure.name().replaceAll("[^A-Za-z0-9._-]", "_");
            written.add(Files.writeString(folder.resolve(name + ".svg"), Svg.file(figure)));
            written.add(Files.write(folder.resolve(name + ".png"), Png.of(figure)));
        }
        return written;
    }
}
