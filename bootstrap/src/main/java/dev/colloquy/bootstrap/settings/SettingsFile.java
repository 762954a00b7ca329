package dev.colloquy.bootstrap.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads the optional file: Java properties in UTF-8. */
final class SettingsFile {

    private SettingsFile() {}

    /** The file's entries, none if there is no file. What is wrong with it is added to the mistakes. */
    static Map<String, String> read(String path, List<String> mistakes) {
        Map<String, String> entries = new TreeMap<>();
        if (path.isEmpty()) {
            return entries;
        }
        String setting = Setting.COLLOQUY_CONFIG.name();
        try (Reader reader = Files.newBufferedReader(Path.of(path))) {
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
}
