package karuta.baseline.zeroshot;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Answer;
import karuta.api.Baseline;
import karuta.api.Batch;
import karuta.api.Input;
import karuta.api.Moment;
import karuta.api.Parameter;
import karuta.api.Prompted;
import karuta.api.Setting;
import karuta.api.Stage;
import org.osgi.service.component.annotations.Component;

/** Trains nothing and keeps nothing: the frozen model as it is. */
@Component(name = "zero-shot", factory = Baseline.KIND)
public final class ZeroShotBaseline implements Baseline {

    private Optional<Setting> setting = Optional.empty();

    @Override
    public void start(Setting setting) {
        this.setting = Optional.of(setting);
    }

    @Override
    public void open(Stage stage) {}

    @Override
    public List<Parameter> trainable() {
        return List.of();
    }

    @Override
    public Map<String, NDArray> loss(Batch batch, Moment moment) {
        return Map.of();
    }

    @Override
    public List<Answer> answer(List<Input> inputs) {
        var plain = inputs.stream().map(input -> new Prompted(input, List.of())).toList();
        return setting.orElseThrow().backbone().generate(plain).stream()
                .map(Answer::new)
                .toList();
    }
}
