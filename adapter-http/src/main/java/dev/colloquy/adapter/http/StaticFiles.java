package dev.colloquy.adapter.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files of the class path. A file is read when it is first asked for, so that it costs nothing at the start, and then
 * kept. Safe for any number of threads.
 */
final class StaticFiles {

    private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/";
    private static final String SWAGGER_UI_PROPERTIES = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    /** A file that lies beside this class. */
    byte[] own(String name) {
        return read.computeIfAbsent(name, StaticFiles::bytes);
    }

    /** A file of Swagger UI, whichever version is on the class path. */
    byte[] ofSwaggerUi(String name) {
        return read.computeIfAbsent(name, file -> bytes(SWAGGER_UI + swaggerUiVersion() + '/' + file));
    }

    private static String swaggerUiVersion() {
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(bytes(SWAGGER_UI_PROPERTIES)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }

    private static byte[] bytes(String name) {
        try (InputStream file = StaticFiles.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
