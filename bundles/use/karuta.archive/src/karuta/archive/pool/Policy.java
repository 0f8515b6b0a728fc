package karuta.archive.pool;

import com.google.gson.annotations.SerializedName;

/** What happens where a pool meets another encoder than the one that its cards were made with. */
public enum Policy {
    /** Nothing is learned or asked. */
    @SerializedName("refuse")
    REFUSE,
    /** It goes on, with a warning: selection may be another one. */
    @SerializedName("warn")
    WARN,
    /** The prototypes are to be learned anew first. */
    @SerializedName("realign")
    REALIGN
}
