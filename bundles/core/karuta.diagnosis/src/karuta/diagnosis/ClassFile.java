package karuta.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a class file says of its class; no code of it runs.
 *
 * @param name with dots
 * @param access flags of the class file format
 * @param inner whether it needs an object of another class
 * @param parents superclass and interfaces, with dots
 * @param annotations their names, with dots
 * @param constructors those there are
 * @param methods how many it declares beside constructors
 * @param types names of all that its code may load, with dots
 * @param exits where its code ends the program
 */
record ClassFile(
        String name,
        int access,
        boolean inner,
        List<String> parents,
        Set<String> annotations,
        List<Constructor> constructors,
        int methods,
        Set<String> types,
        List<String> exits) {

    private static final int MAJOR = 6; // its place in a class file
    private static final int FIRST = 44; // class files of Java 1 have 45
    private static final int TAG_OF_CLASSES = 7;

    /**
     * @param isPublic whether others may call it
     * @param parameters names of their types, with dots
     */
    record Constructor(boolean isPublic, List<String> parameters) {}

    /** The Java that a class file is for; 0 for what is none. */
    static int java(byte[] file) {
        var magic = file.length > MAJOR + 1
                && (file[0] & 0xff) == 0xca
                && (file[1] & 0xff) == 0xfe
                && (file[2] & 0xff) == 0xba
                && (file[3] & 0xff) == 0xbe;
        return magic ? Math.max(1, ((file[MAJOR] & 0xff) << 8 | file[MAJOR + 1] & 0xff) - FIRST) : 0;
    }

    /** Empty if it cannot be read. */
    static Optional<ClassFile> of(byte[] file) {
        try {
            var reader = new ClassReader(file);
            var look = new Look();
            reader.accept(look, ClassReader.SKIP_FRAMES);
            return Optional.of(look.seen(reader));
        } catch (RuntimeException broken) { // in many ways
            return Optional.empty();
        }
    }

    boolean is(int flag) {
        return (access & flag) != 0;
    }

    private static String dotted(String internal) {
        return internal.replace('/', '.');
    }

    private static final class Look extends ClassVisitor {

        private int access;
        private boolean inner;
        private int methods;
        private final List<String> parents = new ArrayList<>();
        private final Set<String> annotations = new LinkedHashSet<>();
        private final List<Constructor> constructors = new ArrayList<>();
        private final List<String> exits = new ArrayList<>();
        private String name = "";

        Look() {
            super(Opcodes.ASM9);
        }

        ClassFile seen(ClassReader reader) {
            return new ClassFile(
                    dotted(name), access, inner, parents, annotations, constructors, methods, types(reader), exits);
        }

        /** The classes of the constant pool are those that code may load; annotations stand there as mere text. */
        private static Set<String> types(ClassReader reader) {
            var types = new LinkedHashSet<String>();
            var buffer = new char[reader.getMaxStringLength()];
            for (var i = 1; i < reader.getItemCount(); i++) {
                var at = reader.getItem(i);
                if (at > 0 && reader.readByte(at - 1) == TAG_OF_CLASSES) {
                    var type = Type.getObjectType(reader.readUTF8(at, buffer));
                    var element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
                    if (element.getSort() == Type.OBJECT) {
                        types.add(element.getClassName());
                    }
                }
            }
            return types;
        }

        @Override
        public void visit(
                int version, int flags, String called, String signature, String superName, String[] interfaces) {
            name = called;
            access = flags;
            Stream.concat(Stream.ofNullable(superName), Stream.of(interfaces))
                    .map(ClassFile::dotted)
                    .forEach(parents::add);
        }

        @Override
        public void visitInnerClass(String called, String outer, String simple, int flags) {
            if (called.equals(name)) {
                access = access & ~Opcodes.ACC_PUBLIC
                        | flags & Opcodes.ACC_PUBLIC; // a protected one is public otherwise
                inner = (flags & (Opcodes.ACC_STATIC | Opcodes.ACC_INTERFACE)) == 0;
            }
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            annotations.add(Type.getType(descriptor).getClassName());
            return new AnnotationVisitor(Opcodes.ASM9) {};
        }

        @Override
        public MethodVisitor visitMethod(
                int flags, String method, String descriptor, String signature, String[] exceptions) {
            if (method.equals("<init>")) {
                constructors.add(new Constructor(
                        (flags & Opcodes.ACC_PUBLIC) != 0,
                        Stream.of(Type.getArgumentTypes(descriptor))
                                .map(Type::getClassName)
                                .toList()));
            } else {
                methods++;
            }
            var program = method.equals("main") && descriptor.equals("([Ljava/lang/String;)V");
            return program ? new MethodVisitor(Opcodes.ASM9) {} : new Exits(method);
        }

        private final class Exits extends MethodVisitor {

            private final String method;
            private int line;

            Exits(String method) {
                super(Opcodes.ASM9);
                this.method = method;
            }

            @Override
            public void visitLineNumber(int number, Label start) {
                line = number;
            }

            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String called, String descriptor, boolean ofInterface) {
                var ends = owner.equals("java/lang/System") && called.equals("exit")
                        || owner.equals("java/lang/Runtime")
                                && List.of("exit", "halt").contains(called);
                if (ends) {
                    exits.add(dotted(name) + "." + method + ", line " + line + " calls "
                            + owner.substring(owner.lastIndexOf('/') + 1) + "." + called);
                }
            }
        }
    }
}
