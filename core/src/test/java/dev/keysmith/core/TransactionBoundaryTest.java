package dev.keysmith.core;

import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.IdentityProviderFactory;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import jakarta.transaction.Transactional;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Plugins, and the keys and identity providers behind them, are called outside transactions. */
@AnalyzeClasses(packages = "dev.keysmith.core", importOptions = DoNotIncludeTests.class)
class TransactionBoundaryTest {

  private static final List<Class<?>> PORTS =
      List.of(
          KeyTransportFactory.class,
          KeyTransport.class,
          KeyConnection.class,
          IdentityProviderFactory.class,
          IdentityProvider.class);

  @ArchTest
  static final ArchRule noTransactionWaitsForForeignCode =
      methods()
          .that()
          .areAnnotatedWith(Transactional.class)
          .or()
          .areDeclaredInClassesThat(annotatedWith(Transactional.class))
          .should(callNoPort());

  private static ArchCondition<JavaMethod> callNoPort() {
    return new ArchCondition<>("call no port of a plugin, however indirectly") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        wayToAPort(method).ifPresent(way -> events.add(SimpleConditionEvent.violated(method, way)));
      }
    };
  }

  /** The calls from a method to the first port that it reaches, in words. */
  private static Optional<String> wayToAPort(JavaMethod from) {
    Map<JavaCodeUnit, JavaCodeUnit> reachedFrom = new HashMap<>();
    Deque<JavaCodeUnit> next = new ArrayDeque<>(List.of(from));
    while (!next.isEmpty()) {
      JavaCodeUnit unit = next.remove();
      for (JavaCodeUnit called : (Iterable<JavaCodeUnit>) calledBy(unit)::iterator) {
        if (called.equals(from) || reachedFrom.containsKey(called)) {
          continue;
        }
        reachedFrom.put(called, unit);
        if (PORTS.stream().anyMatch(called.getOwner()::isEquivalentTo)) {
          return Optional.of(way(called, from, reachedFrom));
        }
        next.add(called);
      }
    }
    return Optional.empty();
  }

  private static Stream<JavaCodeUnit> calledBy(JavaCodeUnit unit) {
    return Stream.<JavaAccess<?>>concat(
            unit.getCallsFromSelf().stream(),
            Stream.concat(
                unit.getMethodReferencesFromSelf().stream(),
                unit.getConstructorReferencesFromSelf().stream()))
        .map(access -> access.getTarget().resolveMember())
        .flatMap(Optional::stream)
        .filter(JavaCodeUnit.class::isInstance)
        .map(JavaCodeUnit.class::cast)
        .filter(called -> called.getOwner().getPackageName().startsWith("dev.keysmith."));
  }

  private static String way(
      JavaCodeUnit end, JavaMethod from, Map<JavaCodeUnit, JavaCodeUnit> reachedFrom) {
    List<String> calls = new ArrayList<>();
    for (JavaCodeUnit at = end; !at.equals(from); at = reachedFrom.get(at)) {
      calls.add(0, at.getOwner().getSimpleName() + "." + at.getName());
    }
    calls.add(0, from.getFullName());
    return String.join(" -> ", calls);
  }
}
