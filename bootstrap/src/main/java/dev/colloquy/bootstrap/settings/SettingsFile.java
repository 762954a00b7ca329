package dev.colloquy.bootstrap.settings;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads the optional file: Java properties in UTF-8, with or without a byte order mark. */
final class SettingsFile {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private SettingsFile() {}

    /** The file's entries, none if there is no file. What is wrong with it is added to the mistakes. */
    static Map<String, String> read(String path, List<String> mistakes) {
        Map<String, String> entries = new TreeMap<>();
        if (path.isEmpty()) {
            return entries;
        }
        String setting = Setting.COLLOQUY_CONFIG.name();
        try (BufferedReader reader = Files.newBufferedReader(Path.of(path))) {
            skipByteOrderMark(reader);
            new Properties() {
                private static final long serialVersionUID = 1L;

                @Override
                public synchronized Object put(Object key, Object value) {
                    if (entries.put(key.toString(), value.toString().strip()) != null) {
                        mistakes.add(key + " stands in the file more than once");
                    }
                    return value;
                }
            }.load(reader);
        } catch (IOException | InvalidPathException e) {
            mistakes.add(
                    setting + " is \"" + path + "\", which cannot be read as text in UTF-8; allowed: a readable file");
        } catch (IllegalArgumentException e) {
            mistakes.add(setting + " is \"" + path + "\", which holds a malformed \\u escape");
        }
        return entries;
    }

    private static void skipByteOrderMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
    }
}
