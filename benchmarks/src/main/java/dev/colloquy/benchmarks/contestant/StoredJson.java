package dev.colloquy.benchmarks.contestant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages as JSON objects, in the way most programs do it. */
final class StoredJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StoredJson() {}

    static String write(Said said) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("role", said.byUser() ? "user" : "agent");
        fields.put("content", said.content());
        return write(fields);
    }

    static String write(Map<String, String> fields) {
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static List<Said> parse(List<String> stored) {
        return stored.stream().map(StoredJson::parse).toList();
    }

    private static Said parse(String stored) {
        try {
            Map<?, ?> fields = JSON.readValue(stored, Map.class);
            return new Said("user".equals(fields.get("role")), String.valueOf(fields.get("content")));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
