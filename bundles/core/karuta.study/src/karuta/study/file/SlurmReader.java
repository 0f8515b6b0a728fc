package karuta.study.file;

import java.util.Optional;
import karuta.study.KarutaFactory;
import karuta.study.Option;
import karuta.study.SlurmJob;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads how Slurm is to carry out a study. */
final class SlurmReader {

    private final StudyNodes values;

    SlurmReader(StudyNodes values) {
        this.values = values;
    }

    Optional<SlurmJob> read(Node node) {
        return values.section(node, "\"slurm\"").map(section -> {
            var job = values.locate(KarutaFactory.eINSTANCE.createSlurmJob(), section.only(StudyKeys.SLURM));
            section.get("tasks")
                    .flatMap(tasks -> values.count(tasks, "\"tasks\""))
                    .ifPresent(job::setTasks);
            section.get("options")
                    .flatMap(options -> values.section(options, "\"options\""))
                    .ifPresent(options -> options.entries()
                            .forEach((name, value) ->
                                    option(name, options.place(name), value).ifPresent(job.getOptions()::add)));
            return job;
        });
    }

    private Optional<Option> option(String name, Node place, Node value) {
        return values.word(value, "\"" + name + "\"").flatMap(word -> {
            if (!SbatchOption.fits(name, word.getText())) {
                values.report(
                        place,
                        "\"" + name + "\" is no option of sbatch with a value in one line: its long name without dashes"
                                + " stands here, such as partition");
                return Optional.empty();
            }
            var option = values.locate(KarutaFactory.eINSTANCE.createOption(), value);
            option.setKey(name);
            option.getValues().add(word);
            return Optional.of(option);
        });
    }
}
