package dev.keysmith.testing.org;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.exception.Base64UrlException;
import dev.keysmith.testing.org.directory.Directory;
import dev.keysmith.testing.org.directory.Directory.Membership;
import dev.keysmith.testing.org.directory.OrgUser;
import dev.keysmith.testing.org.directory.OrgUser.Status;
import dev.keysmith.testing.org.factor.Factors;
import dev.keysmith.testing.org.factor.OrgFactor;
import dev.keysmith.testing.org.factor.OrgFactor.Passkey;
import dev.keysmith.testing.org.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Keeps factors and the changes to the directory in a file, so that they survive a restart. */
final class StateFile {

  private final Path file;
  private final Directory directory;
  private final Factors factors;

  StateFile(Path folder, Directory directory, Factors factors) {
    this.file = folder.resolve("practice-org.json");
    this.directory = directory;
    this.factors = factors;
  }

  /** Reads what an earlier run has written, if any. */
  void load() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      JsonNode state = Json.read(Files.readAllBytes(file));
      state.path("users").forEach(node -> directory.restore(user(node)));
      directory.restore(memberships(state.path("joined")), true);
      directory.restore(memberships(state.path("left")), false);
      for (JsonNode node : state.path("factors")) {
        factors.put(factor(node));
      }
    } catch (IOException | RuntimeException | Base64UrlException e) {
      throw new IllegalStateException(
          "The state of the practice org in "
              + file
              + " could not be read; delete the file to"
              + " start afresh.",
          e);
    }
  }

  /** Writes everything; a crash leaves either the old file or the new one. */
  synchronized void save() {
    ObjectNode state = Json.object();
    state.set("users", Json.array(directory.changed(), StateFile::json));
    state.set("joined", Json.array(directory.memberships(true), StateFile::json));
    state.set("left", Json.array(directory.memberships(false), StateFile::json));
    state.set("factors", Json.array(factors.all(), StateFile::json));
    try {
      Files.createDirectories(file.getParent());
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.write(fresh, Json.write(state));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("The practice org could not write " + file, e);
    }
  }

  private static ObjectNode json(OrgUser user) {
    return Json.object()
        .put("index", user.index())
        .put("firstName", user.firstName())
        .put("lastName", user.lastName())
        .put("login", user.login())
        .put("status", user.status().name())
        .put("created", user.created().toString())
        .put("lastUpdated", user.lastUpdated().toString());
  }

  private static OrgUser user(JsonNode node) {
    return new OrgUser(
        node.path("index").asInt(),
        node.path("firstName").asText(),
        node.path("lastName").asText(),
        node.path("login").asText(),
        Status.valueOf(node.path("status").asText()),
        instant(node, "created"),
        instant(node, "lastUpdated"));
  }

  private static ObjectNode json(Membership membership) {
    return Json.object().put("group", membership.group()).put("user", membership.user());
  }

  private static Set<Membership> memberships(JsonNode nodes) {
    Set<Membership> memberships = new HashSet<>();
    nodes.forEach(
        n -> memberships.add(new Membership(n.path("group").asInt(), n.path("user").asInt())));
    return memberships;
  }

  private static ObjectNode json(OrgFactor factor) {
    ObjectNode node = Json.object();
    node.put("id", factor.id()).put("userId", factor.userId());
    node.put("challenge", factor.challenge().getBase64Url());
    node.put("created", factor.created().toString());
    node.put("lastUpdated", factor.lastUpdated().toString());
    factor
        .passkey()
        .ifPresent(
            passkey ->
                node.putObject("passkey")
                    .put("credentialId", passkey.credentialId().getBase64Url())
                    .put("publicKey", passkey.publicKey().getBase64Url())
                    .put("signatureCount", passkey.signatureCount())
                    .put("aaguid", passkey.aaguid()));
    return node;
  }

  private static OrgFactor factor(JsonNode node) throws Base64UrlException {
    JsonNode passkey = node.path("passkey");
    return new OrgFactor(
        node.path("id").asText(),
        node.path("userId").asText(),
        bytes(node, "challenge"),
        instant(node, "created"),
        instant(node, "lastUpdated"),
        passkey.isObject() ? Optional.of(passkey(passkey)) : Optional.empty());
  }

  private static Passkey passkey(JsonNode node) throws Base64UrlException {
    return new Passkey(
        bytes(node, "credentialId"),
        bytes(node, "publicKey"),
        node.path("signatureCount").asLong(),
        node.path("aaguid").asText());
  }

  private static ByteArray bytes(JsonNode node, String name) throws Base64UrlException {
    return ByteArray.fromBase64Url(node.path(name).asText());
  }

  private static Instant instant(JsonNode node, String name) {
    return Instant.parse(node.path(name).asText());
  }
}
