package dev.resentry.storage.search;

import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchOperator;
import dev.resentry.model.search.SearchValue;
import java.util.List;

/** Whom an issue is assigned to. A team has what its members have. */
final class AssigneeTerms implements SearchTerms {
    static final List<String> WORDS = List.of("me", "none", "my_teams");

    private static final String EXPECTED = "me, none, my_teams, a person's e-mail address or name, or #team";

    @Override
    public String matches(SearchNode.Term term, SearchBinding binding) {
        return FieldConditions.any(term, value -> one(term, value, binding));
    }

    private static String one(SearchNode.Term term, SearchValue.One value, SearchBinding binding) {
        String written = value.written();
        if (term.operator() != SearchOperator.EQUALS) {
            throw SearchFaults.value(term, value, EXPECTED);
        }
        return switch (written) {
            case "", "none" -> "i.assignee_id IS NULL";
            case "me" -> "i.assignee_id = " + me(term, value, binding);
            case "my_teams", "#my_teams" -> """
                i.assignee_id IN (SELECT o.user_id FROM team_members o
                                  JOIN team_members own ON own.team_id = o.team_id
                                  WHERE own.user_id = %s)\
                """.formatted(me(term, value, binding));
            case String team when team.startsWith("#") -> """
                i.assignee_id IN (SELECT o.user_id FROM teams g JOIN team_members o ON o.team_id = g.id
                                  WHERE g.slug = lower(%s))\
                """.formatted(binding.bind(team.substring(1)));
            default -> {
                String name = binding.bind(written.startsWith("@") ? written.substring(1) : written);
                yield "i.assignee_id IN (SELECT u.id FROM users u WHERE lower(u.email) = lower(%1$s) OR lower(u.name) = lower(%1$s))"
                        .formatted(name);
            }
        };
    }

    private static String me(SearchNode.Term term, SearchValue.One value, SearchBinding binding) {
        Long userId = binding.context().userId();
        if (userId == null) {
            throw SearchFaults.value(term, value, "somebody by name: no person is logged in");
        }
        return binding.bind(userId);
    }

    @Override
    public String isPresent(SearchBinding binding) {
        return "i.assignee_id IS NOT NULL";
    }
}
