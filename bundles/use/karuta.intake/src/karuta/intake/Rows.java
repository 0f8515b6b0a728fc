package karuta.intake;

import com.google.gson.JsonObject;

/** Samples of a source, one after the other, as objects of one shape. */
interface Rows {

    /** Takes them. */
    interface Sink {

        /** @param where the sample is, for messages */
        void row(JsonObject sample, String where);

        /** Something that is none, and why: a sentence that says where. */
        void leave(Reason reason, String what);

        /** How the source was understood: a sentence. */
        void note(String what);
    }

    /** Gives all. */
    void each(Sink sink);
}
