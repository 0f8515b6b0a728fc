package my.lab.corners;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Benchmark;
import karuta.api.KarutaException;
import karuta.api.Pixels;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Task;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Two tasks about one white square on a grey that is different in every image: whether it is at the top, and whether at the left. */
@Component(name = "corners", factory = Benchmark.KIND)
@Designate(ocd = Corners.About.class)
public final class Corners implements Benchmark {

    @ObjectClassDefinition(description = "In which corner is the white square? Two tasks, 256 samples each.")
    public @interface About {}

    @Override
    public List<String> tasks() {
        return List.of("top", "left");
    }

    @Override
    public Task task(String name) {
        if (!tasks().contains(name)) {
            throw new KarutaException("There is no task \"" + name + "\" in corners.", "Take one of " + tasks() + ".");
        }
        var samples = IntStream.range(0, 256)
                .mapToObj(i -> sample(name, i % 4, i / 4))
                .toList();
        return new Task(name, samples.subList(0, 200), samples.subList(200, 256), "exact");
    }

    private static Sample sample(String task, int corner, int shade) {
        var rgb = new byte[32 * 32 * 3];
        for (var i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3 / 32 / 16 * 2 + i / 3 % 32 / 16 == corner ? 255 : 3 * shade);
        }
        var pixels = new Pixels(32, 32, rgb);
        var yes = task.equals("top") ? corner < 2 : corner % 2 == 0;
        var query = new Query(Optional.of(() -> pixels), "Is the white square at the " + task + "?");
        return new Sample(task + " " + corner + " " + shade, query, yes ? "yes" : "no");
    }
}
