package dev.keysmith.testing.usb;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Boots the guest for the first test that needs it and powers it off after the last. Where there
 * can be none the tests are skipped, or fail if {@code keysmith.usb} is {@code required}.
 */
public final class GuestExtension implements ExecutionCondition, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(GuestExtension.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<GuestUnavailableException> obstacle = room(context).obstacle();
    if (obstacle.isEmpty()) {
      return ConditionEvaluationResult.enabled("There is a guest.");
    }
    String reason = "There can be no USB guest here: " + obstacle.get().getMessage();
    if (System.getProperty("keysmith.usb", "").equals("required")) {
      throw new IllegalStateException(reason, obstacle.get());
    }
    return ConditionEvaluationResult.disabled(reason);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Guest.class || type == Room.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Room room = room(context);
    return parameter.getParameter().getType() == Room.class ? room : room.guest();
  }

  private static Room room(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Room.class, key -> new Room(), Room.class);
  }
}
