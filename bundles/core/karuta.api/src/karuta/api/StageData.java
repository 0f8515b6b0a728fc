package karuta.api;

import org.osgi.annotation.versioning.ProviderType;

/** The training examples of a stage, for those who keep or measure something of them. */
@ProviderType
public interface StageData {

    /** The number of examples. */
    int size();

    /** The examples from {@code from} to {@code to}, exclusive, in the order of the task's data. */
    Batch batch(int from, int to);
}
