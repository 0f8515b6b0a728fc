package karuta.report.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import karuta.report.Report;
import karuta.report.Runs;
import karuta.study.Run;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables are set by LaTeX itself, without a complaint, whatever arms and studies are called. */
class LatexInTexTest {

    private static final long PATIENCE_SECONDS = 120;

    /** What means something to TeX, and letters beyond ASCII. */
    private static final String HOSTILE =
            "a_b & 100% {x} \\input{/etc/passwd} \"q\", #1 ~ ^ $y$ < > | \\\\ ö é ` ' -- % \\end{table}";

    @TempDir
    private Path out;

    private Run named(String name, long seed, double... scores) {
        var run = Runs.run("lora", seed, scores);
        run.getArm().setName(name);
        run.setOrder(name);
        return run;
    }

    private List<RunFolder> runs(String name) {
        var runs = new Runs(out.resolve("runs"));
        var folders = IntStream.rangeClosed(1, 3)
                .boxed()
                .flatMap(seed -> List.of(
                        runs.write(Runs.run("dual", seed, 0, 0, 0.9, 0, 0.6, 0.7 + seed / 10.0)),
                        runs.write(Runs.run("oracle", seed, 0, 0, 1, 0, 1, 1)),
                        runs.write(named(name, seed, 0, 0, 1 / 3.0, 0.1, 0.2, 1)))
                        .stream())
                .toList();
        Runs.choose(folders.get(0), 2, List.of(List.of("a", "a"), List.of("b", "a")));
        return folders;
    }

    /** What LaTeX says of a document with these tables; it has ended with this code. */
    private String log(String tables, int code) throws Exception {
        Files.writeString(out.resolve("tables.tex"), tables);
        Files.writeString(out.resolve("paper.tex"), """
            \\documentclass{article}
            \\usepackage[T1]{fontenc}
            \\usepackage{booktabs}
            \\begin{document}
            \\input{tables}
            \\end{document}
            """);
        var process = new ProcessBuilder(
                        "pdflatex", "-halt-on-error", "-interaction=nonstopmode", "-no-shell-escape", "paper.tex")
                .directory(out.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.resolve("said.txt").toFile())
                .start();
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "LaTeX has ended");
        var log = new String(Files.readAllBytes(out.resolve("paper.log")), StandardCharsets.ISO_8859_1);
        assertEquals(code, process.exitValue(), log);
        return log;
    }

    private static boolean isThere() throws InterruptedException {
        try {
            return new ProcessBuilder("pdflatex", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    @Test
    void everyTableIsSetWhateverArmsAreCalled() throws Exception {
        Assumptions.assumeTrue(isThere(), "there is no pdflatex (Debian: texlive-latex-recommended)");
        var tables = Latex.of(Report.of(runs(HOSTILE.replace("/", ""))).comparisons());
        var log = log(tables, 0);
        assertFalse(log.contains("Missing character"), log);
        assertFalse(log.contains("(/etc/passwd"), "nothing is read that a name asks for");
        assertTrue(Files.size(out.resolve("paper.pdf")) > 10_000, "there are pages");
        var count = tables.split("begin\\{table}", -1).length - 1;
        assertTrue(count >= 4, "metrics, differences, selection, costs: " + count);
    }

    /** Else the test above could pass because LaTeX passes over everything. */
    @Test
    void whatIsNotEscapedIsAComplaint() throws Exception {
        Assumptions.assumeTrue(isThere(), "there is no pdflatex (Debian: texlive-latex-recommended)");
        var tables = Latex.of(Report.of(runs("plain")).comparisons()).replaceFirst("dual", "d_u&al");
        assertTrue(log(tables, 1).contains("\n! "));
    }
}
