package karuta.engine.catalog;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import karuta.diagnosis.Fault;
import karuta.diagnosis.Finding;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.osgi.framework.Bundle;

/**
 * Finds, in the byte code of a bundle, the calls of DJL that give PyTorch memory which Java's garbage collector may free while
 * it is still read: numbers then change without a word. {@code karuta.tensor.Tensors} is the safe way, and the only class that
 * may call them.
 */
public final class BorrowedMemory {

    private static final String DOOR = "karuta/tensor/Tensors";

    private BorrowedMemory() {}

    /**
     * @param place class, method and line
     * @param call what is called there
     */
    public record Use(String place, String call) {

        @Override
        public String toString() {
            return place + " calls " + call;
        }
    }

    /**
     * The calls in all classes of a bundle.
     *
     * @throws IOException if a class cannot be read
     */
    public static List<Use> in(Bundle bundle) throws IOException {
        var uses = new ArrayList<Use>();
        var classes = bundle.findEntries("/", "*.class", true);
        if (classes != null) {
            for (var entry : Collections.list(classes)) {
                uses.addAll(in(entry));
            }
        }
        return uses;
    }

    /** What its user must know of a bundle that has such calls, or cannot be read; empty if all is well. */
    static Optional<Finding> complaint(Bundle bundle) {
        try {
            var uses = in(bundle);
            return uses.stream()
                    .findFirst()
                    .map(first -> new Finding(
                            Fault.MEMORY,
                            Dropins.describe(bundle),
                            "may change its numbers without a word: " + first
                                    + (uses.size() > 1 ? " (and " + (uses.size() - 1) + " more places)" : "")
                                    + ", which gives PyTorch memory that Java's garbage collector may free",
                            "use karuta.tensor.Tensors and Ops instead"));
        } catch (IOException unreadable) {
            return Optional.of(new Finding(
                    Fault.BROKEN_ZIP,
                    Dropins.describe(bundle),
                    "cannot be read: " + unreadable.getMessage(),
                    "copy it again"));
        }
    }

    private static List<Use> in(URL entry) throws IOException {
        try (var bytes = entry.openStream()) {
            return in(bytes.readAllBytes());
        } catch (RuntimeException noClass) { // broken ones end the reader in many ways, and loading them fails by name
            return List.of();
        }
    }

    /** The calls in a class file. */
    static List<Use> in(byte[] classFile) {
        var uses = new ArrayList<Use>();
        var reader = new ClassReader(classFile);
        if (!DOOR.equals(reader.getClassName())) {
            reader.accept(
                    new Calls(String.valueOf(reader.getClassName()).replace('/', '.'), uses), ClassReader.SKIP_FRAMES);
        }
        return uses;
    }

    /** Whether a method of DJL wraps memory of Java. */
    private static boolean borrows(String owner, String name, String descriptor) {
        if (!owner.startsWith("ai/djl/")) {
            return false;
        }
        if (owner.endsWith("NDManager")) {
            return name.startsWith("create") && !descriptor.startsWith("(Lai/djl/ndarray/types/Shape;")
                    || name.equals("decode")
                    || name.equals("load");
        }
        if (owner.endsWith("NDList")) {
            return name.equals("decode");
        }
        if (owner.endsWith("NDArray")) {
            return name.equals("set") && !descriptor.contains("Lai/djl/ndarray/") || number(name, descriptor);
        }
        return owner.endsWith("NDArrays") && number(name, descriptor);
    }

    /** An operator with a Java number makes an array of it on the way; clip does not. */
    private static boolean number(String name, String descriptor) {
        return descriptor.contains("Ljava/lang/Number;") && !name.equals("clip");
    }

    private static final class Calls extends ClassVisitor {

        private final String type;
        private final List<Use> uses;

        Calls(String type, List<Use> uses) {
            super(Opcodes.ASM9);
            this.type = type;
            this.uses = uses;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {

                private int line;

                @Override
                public void visitLineNumber(int number, Label start) {
                    line = number;
                }

                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String called, String signature, boolean isInterface) {
                    note(owner, called, signature);
                }

                @Override
                public void visitInvokeDynamicInsn(
                        String called, String signature, Handle bootstrap, Object... arguments) {
                    for (var argument : arguments) { // method references
                        if (argument instanceof Handle handle) {
                            note(handle.getOwner(), handle.getName(), handle.getDesc());
                        }
                    }
                }

                private void note(String owner, String called, String signature) {
                    if (borrows(owner, called, signature)) {
                        uses.add(new Use(
                                type + "." + name + ", line " + line,
                                owner.substring(owner.lastIndexOf('/') + 1) + "." + called + parameters(signature)));
                    }
                }
            };
        }

        private static String parameters(String descriptor) {
            var types = new ArrayList<String>();
            for (var type : Type.getArgumentTypes(descriptor)) {
                types.add(type.getClassName().substring(type.getClassName().lastIndexOf('.') + 1));
            }
            return "(" + String.join(", ", types) + ")";
        }
    }
}
