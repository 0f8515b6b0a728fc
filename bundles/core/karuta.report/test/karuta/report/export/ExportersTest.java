package karuta.report.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import karuta.report.Comparison;
import karuta.report.Report;
import karuta.report.Runs;
import karuta.study.KarutaFactory;
import karuta.study.Run;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the programs that the exports are for, in a Python that {@code KARUTA_EXPORT_PYTHON} names. */
class ExportersTest {

    private static final long PATIENCE_SECONDS = 300;

    @TempDir
    private Path out;

    private static String python(String needs) throws Exception {
        var python = Optional.ofNullable(System.getenv("KARUTA_EXPORT_PYTHON"));
        Assumptions.assumeTrue(
                python.isPresent(), "KARUTA_EXPORT_PYTHON names no Python with the packages tensorboard and mlflow");
        Assumptions.assumeTrue(
                new ProcessBuilder(python.orElseThrow(), "-c", "import " + needs)
                                .start()
                                .waitFor()
                        == 0,
                python + " has no package " + needs);
        return python.orElseThrow();
    }

    private List<Comparison> runs() {
        var runs = new Runs(out.resolve("runs"));
        var odd = Runs.run("lora", 1, 0, 0, 0.5, 0.1, 0.25, 0.75);
        loss(odd, 0.125);
        return Report.of(List.of(runs.write(Runs.run("dual", 1, 0, 0, 0.9, 0, 0.6, 0.8)), runs.write(odd)))
                .comparisons();
    }

    private static void loss(Run run, double value) {
        var loss = KarutaFactory.eINSTANCE.createFigure();
        loss.setName("lm");
        loss.setValue(value);
        run.getStages().get(0).getLosses().add(loss);
    }

    private String says(String python, String script, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(python, "-W", "ignore", "-c", script));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectError(out.resolve("python.log").toFile())
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "Python has ended");
        assertEquals(0, process.exitValue(), Files.readString(out.resolve("python.log")));
        return text.strip();
    }

    @Test
    void tensorBoardReadsTheEventFiles() throws Exception {
        var python = python("tensorboard");
        TensorBoard.write(runs(), out.resolve("board"));
        var read =
                says(python, """
                import sys
                from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
                from tensorboard.compat.proto.summary_pb2 import Summary
                events = EventAccumulator(sys.argv[1]); events.Reload()
                for tag in ('score/a', 'score/b', 'loss/lm', 'metric/last/gem'):
                    print(tag, [(e.step, round(e.value, 6), e.wall_time) for e in events.Scalars(tag)])
                """, out.resolve("board/demo.lora.default.seed1").toString());
        assertEquals("""
                score/a [(0, 0.0, 1767268801.0), (1, 0.5, 1767268801.0), (2, 0.25, 1767268801.0)]
                score/b [(0, 0.0, 1767268801.0), (1, 0.1, 1767268801.0), (2, 0.75, 1767268801.0)]
                loss/lm [(1, 0.125, 1767268801.0)]
                metric/last/gem [(2, 0.5, 1767268801.0)]""", read);
    }

    @Test
    void anMlflowServerKeepsEveryRunOnce() throws Exception {
        var python = python("mlflow");
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var address = "http://127.0.0.1:" + port;
        var database = "sqlite:///" + out.resolve("mlflow.db");
        var server = new ProcessBuilder(
                        python,
                        "-m",
                        "mlflow",
                        "server",
                        "--backend-store-uri",
                        database,
                        "--port",
                        "" + port,
                        "--workers",
                        "1")
                .directory(out.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.resolve("mlflow.log").toFile())
                .start();
        try {
            await(address, server);
            var mlflow = new Mlflow(URI.create(address));
            assertEquals(2, mlflow.send(runs()));
            assertEquals(
                    0,
                    mlflow.send(Report.of(RunFolder.find(out.resolve("runs"))).comparisons()));
            var read = says(python, """
                    import sys, mlflow
                    client = mlflow.MlflowClient(sys.argv[1])
                    experiment = client.get_experiment_by_name('demo')
                    for run in sorted(client.search_runs([experiment.experiment_id]), key=lambda run: run.data.params['arm']):
                        print(run.data.params['arm'], run.info.status, run.data.metrics['metric/last/gem'],
                              [(m.step, m.value) for m in sorted(client.get_metric_history(run.info.run_id, 'score/a'), key=lambda m: m.step)])
                    """, address);
            assertEquals("""
                    dual FINISHED 0.7 [(0, 0.0), (1, 0.9), (2, 0.6)]
                    lora FINISHED 0.5 [(0, 0.0), (1, 0.5), (2, 0.25)]""", read);
        } finally {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly().waitFor();
        }
    }

    private void await(String address, Process server) throws Exception {
        var client = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create(address + "/health")).build();
        for (var i = 0; i < PATIENCE_SECONDS && server.isAlive(); i++) {
            try {
                if (client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                Thread.sleep(1000);
            }
        }
        throw new IOException("no MLflow server: " + Files.readString(out.resolve("mlflow.log")));
    }

    @Test
    void aServerThatIsNotThereIsTold() throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var nobody = new Mlflow(URI.create("http://127.0.0.1:" + port));
        var told = assertThrows(IOException.class, () -> nobody.send(runs()));
        assertEquals("http://127.0.0.1:" + port + " cannot be reached", told.getMessage());
    }
}
