domain_tests = \
	tests/unit/domain/alarm_test \
	tests/unit/domain/arrival_test \
	tests/unit/domain/deadline_test \
	tests/unit/domain/clocks_test \
	tests/unit/domain/conflicts_test \
	tests/unit/domain/decide_test \
	tests/unit/domain/due_pause_test \
	tests/unit/domain/due_test \
	tests/unit/domain/pauses_test \
	tests/unit/domain/evolve_test \
	tests/unit/domain/field_test \
	tests/unit/domain/filter_offer_test \
	tests/unit/domain/filter_test \
	tests/unit/domain/funnel_test \
	tests/unit/domain/guard_test \
	tests/unit/domain/inspection_test \
	tests/unit/domain/roster_test \
	tests/unit/domain/roster_check_test \
	tests/unit/domain/decide_roster_test \
	tests/unit/domain/swap_partners_test \
	tests/unit/domain/swap_test \
	tests/unit/domain/meeting_draw_test \
	tests/unit/domain/meeting_call_test \
	tests/unit/domain/meeting_sit_test \
	tests/unit/domain/meeting_stage_test \
	tests/unit/domain/meeting_minutes_test \
	tests/unit/domain/meeting_states_test \
	tests/unit/domain/meeting_walk_test \
	tests/unit/domain/room_test \
	tests/unit/domain/item_test \
	tests/unit/domain/item_sit_test \
	tests/unit/domain/action_test \
	tests/unit/domain/action_press_test \
	tests/unit/domain/nominee_test \
	tests/unit/domain/action_stats_test \
	tests/unit/domain/task_conflicts_test \
	tests/unit/domain/slot_test \
	tests/unit/domain/agenda_order_test \
	tests/unit/domain/handover_test \
	tests/unit/domain/record_test \
	tests/unit/domain/roster_build_test \
	tests/unit/domain/mark_test \
	tests/unit/domain/mask_test \
	tests/unit/domain/open311_test \
	tests/unit/domain/phone_test \
	tests/unit/domain/place_test \
	tests/unit/domain/rules_test \
	tests/unit/domain/call_test \
	tests/unit/domain/merge_test \
	tests/unit/domain/notice_test \
	tests/unit/domain/post_test \
	tests/unit/domain/scene_test \
	tests/unit/domain/supervise_test \
	tests/unit/domain/restrict_test \
	tests/unit/domain/behalf_test \
	tests/unit/domain/levels_test \
	tests/unit/domain/move_test \
	tests/unit/domain/own_test \
	tests/unit/domain/share_test \
	tests/unit/domain/similar_test \
	tests/unit/domain/walk_test \
	tests/unit/domain/whistle_stats_test \
	tests/unit/domain/whistle_blow_test \
	tests/unit/domain/whistle_issue_test \
	tests/unit/domain/whistle_press_test \
	tests/unit/domain/whistle_plan_test \
	tests/unit/domain/whistle_share_test \
	tests/unit/domain/whistle_end_test \
	tests/unit/domain/whistle_dispute_test \
	tests/unit/domain/whistle_carry_test \
	tests/unit/domain/whistle_extend_test \
	tests/unit/domain/whistle_walk_test \
	tests/unit/domain/workday_test
check_PROGRAMS += $(domain_tests)
TESTS += $(domain_tests)
DOMAIN_TEST_LIBS = $(DOMAIN_LIBS) $(CMOCKA_LIBS)
DOMAIN_FIXTURE = tests/unit/domain/fixture.c tests/unit/domain/fixture.h
DOMAIN_MUST = tests/unit/domain/must.c tests/unit/domain/must.h $(DOMAIN_FIXTURE)

DOMAIN_WHISTLES = tests/unit/domain/whistles.c tests/unit/domain/whistles.h $(DOMAIN_FIXTURE)
DOMAIN_CLOCKS = tests/unit/domain/clocks_help.c tests/unit/domain/clocks_help.h $(DOMAIN_FIXTURE)
tests_unit_domain_arrival_test_SOURCES = tests/unit/domain/arrival_test.c
tests_unit_domain_arrival_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_deadline_test_SOURCES = tests/unit/domain/deadline_test.c
tests_unit_domain_deadline_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_clocks_test_SOURCES = tests/unit/domain/clocks_test.c $(DOMAIN_CLOCKS)
tests_unit_domain_pauses_test_SOURCES = tests/unit/domain/pauses_test.c $(DOMAIN_CLOCKS)
tests_unit_domain_pauses_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_due_pause_test_SOURCES = tests/unit/domain/due_pause_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_due_pause_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_clocks_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_conflicts_test_SOURCES = tests/unit/domain/conflicts_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_conflicts_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_decide_test_SOURCES = tests/unit/domain/decide_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_decide_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_due_test_SOURCES = tests/unit/domain/due_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_due_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_evolve_test_SOURCES = tests/unit/domain/evolve_test.c
tests_unit_domain_evolve_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_mark_test_SOURCES = tests/unit/domain/mark_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_mark_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_mask_test_SOURCES = tests/unit/domain/mask_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_mask_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_field_test_SOURCES = tests/unit/domain/field_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_field_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_filter_offer_test_SOURCES = tests/unit/domain/filter_offer_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_filter_offer_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_filter_test_SOURCES = tests/unit/domain/filter_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_filter_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_funnel_test_SOURCES = tests/unit/domain/funnel_test.c
tests_unit_domain_funnel_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_guard_test_SOURCES = tests/unit/domain/guard_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_guard_test_LDADD = $(DOMAIN_TEST_LIBS)
DOMAIN_MEETINGS = tests/unit/domain/meetings.c tests/unit/domain/meetings.h $(DOMAIN_FIXTURE)
tests_unit_domain_meeting_draw_test_SOURCES = tests/unit/domain/meeting_draw_test.c $(DOMAIN_MEETINGS)
tests_unit_domain_meeting_draw_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_meeting_call_test_SOURCES = tests/unit/domain/meeting_call_test.c $(DOMAIN_MEETINGS)
tests_unit_domain_meeting_call_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_meeting_sit_test_SOURCES = tests/unit/domain/meeting_sit_test.c $(DOMAIN_MEETINGS)
tests_unit_domain_meeting_sit_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_meeting_stage_test_SOURCES = tests/unit/domain/meeting_stage_test.c $(DOMAIN_MEETINGS)
tests_unit_domain_meeting_stage_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_meeting_minutes_test_SOURCES = tests/unit/domain/meeting_minutes_test.c $(DOMAIN_MEETINGS)
tests_unit_domain_meeting_minutes_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_meeting_states_test_SOURCES = tests/unit/domain/meeting_states_test.c $(DOMAIN_MEETINGS)
tests_unit_domain_meeting_states_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_meeting_walk_test_SOURCES = tests/unit/domain/meeting_walk_test.c $(DOMAIN_MEETINGS)
tests_unit_domain_meeting_walk_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_room_test_SOURCES = tests/unit/domain/room_test.c $(DOMAIN_MEETINGS)
tests_unit_domain_room_test_LDADD = $(DOMAIN_TEST_LIBS)
DOMAIN_ROSTERS = tests/unit/domain/rosters.c tests/unit/domain/rosters.h $(DOMAIN_FIXTURE)
tests_unit_domain_roster_test_SOURCES = tests/unit/domain/roster_test.c $(DOMAIN_ROSTERS)
tests_unit_domain_roster_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_roster_check_test_SOURCES = tests/unit/domain/roster_check_test.c $(DOMAIN_ROSTERS)
tests_unit_domain_roster_check_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_decide_roster_test_SOURCES = tests/unit/domain/decide_roster_test.c $(DOMAIN_ROSTERS)
tests_unit_domain_decide_roster_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_swap_partners_test_SOURCES = tests/unit/domain/swap_partners_test.c \
	$(DOMAIN_ROSTERS)
tests_unit_domain_swap_partners_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_swap_test_SOURCES = tests/unit/domain/swap_test.c $(DOMAIN_ROSTERS)
tests_unit_domain_swap_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_handover_test_SOURCES = tests/unit/domain/handover_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_handover_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_record_test_SOURCES = tests/unit/domain/record_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_record_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_inspection_test_SOURCES = tests/unit/domain/inspection_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_inspection_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_phone_test_SOURCES = tests/unit/domain/phone_test.c
tests_unit_domain_phone_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_place_test_SOURCES = tests/unit/domain/place_test.c
tests_unit_domain_place_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_rules_test_SOURCES = tests/unit/domain/rules_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_rules_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_workday_test_SOURCES = tests/unit/domain/workday_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_workday_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_call_test_SOURCES = tests/unit/domain/call_test.c $(DOMAIN_MUST)
tests_unit_domain_call_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_merge_test_SOURCES = tests/unit/domain/merge_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_merge_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_notice_test_SOURCES = tests/unit/domain/notice_test.c $(DOMAIN_MUST)
tests_unit_domain_notice_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_post_test_SOURCES = tests/unit/domain/post_test.c $(DOMAIN_MUST)
tests_unit_domain_post_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_scene_test_SOURCES = tests/unit/domain/scene_test.c $(DOMAIN_MUST)
tests_unit_domain_scene_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_alarm_test_SOURCES = tests/unit/domain/alarm_test.c $(DOMAIN_MUST)
tests_unit_domain_alarm_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_restrict_test_SOURCES = tests/unit/domain/restrict_test.c $(DOMAIN_MUST)
tests_unit_domain_restrict_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_supervise_test_SOURCES = tests/unit/domain/supervise_test.c $(DOMAIN_MUST)
tests_unit_domain_supervise_test_LDADD = $(DOMAIN_TEST_LIBS)

DOMAIN_LOOPS = tests/unit/domain/loops.c tests/unit/domain/loops.h $(DOMAIN_FIXTURE)
tests_unit_domain_behalf_test_SOURCES = tests/unit/domain/behalf_test.c $(DOMAIN_LOOPS)
tests_unit_domain_behalf_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_levels_test_SOURCES = tests/unit/domain/levels_test.c $(DOMAIN_LOOPS)
tests_unit_domain_levels_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_move_test_SOURCES = tests/unit/domain/move_test.c $(DOMAIN_LOOPS)
tests_unit_domain_move_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_own_test_SOURCES = tests/unit/domain/own_test.c $(DOMAIN_LOOPS)
tests_unit_domain_own_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_share_test_SOURCES = tests/unit/domain/share_test.c $(DOMAIN_LOOPS)
tests_unit_domain_share_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_walk_test_SOURCES = tests/unit/domain/walk_test.c $(DOMAIN_LOOPS)
tests_unit_domain_walk_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_open311_test_SOURCES = tests/unit/domain/open311_test.c
tests_unit_domain_open311_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_similar_test_SOURCES = tests/unit/domain/similar_test.c
tests_unit_domain_similar_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_whistle_stats_test_SOURCES = tests/unit/domain/whistle_stats_test.c $(DOMAIN_FIXTURE)
tests_unit_domain_whistle_stats_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_whistle_share_test_SOURCES = tests/unit/domain/whistle_share_test.c $(DOMAIN_WHISTLES)
tests_unit_domain_whistle_share_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_whistle_end_test_SOURCES = tests/unit/domain/whistle_end_test.c $(DOMAIN_WHISTLES)
tests_unit_domain_whistle_end_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_whistle_carry_test_SOURCES = tests/unit/domain/whistle_carry_test.c $(DOMAIN_WHISTLES)
tests_unit_domain_whistle_carry_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_whistle_dispute_test_SOURCES = tests/unit/domain/whistle_dispute_test.c $(DOMAIN_WHISTLES)
tests_unit_domain_whistle_dispute_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_whistle_extend_test_SOURCES = tests/unit/domain/whistle_extend_test.c $(DOMAIN_WHISTLES)
tests_unit_domain_whistle_extend_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_whistle_blow_test_SOURCES = tests/unit/domain/whistle_blow_test.c $(DOMAIN_WHISTLES)
tests_unit_domain_whistle_blow_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_whistle_issue_test_SOURCES = tests/unit/domain/whistle_issue_test.c $(DOMAIN_WHISTLES)
tests_unit_domain_whistle_issue_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_whistle_press_test_SOURCES = tests/unit/domain/whistle_press_test.c $(DOMAIN_WHISTLES)
tests_unit_domain_whistle_press_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_whistle_plan_test_SOURCES = tests/unit/domain/whistle_plan_test.c $(DOMAIN_WHISTLES)
tests_unit_domain_whistle_plan_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_whistle_walk_test_SOURCES = tests/unit/domain/whistle_walk_test.c $(DOMAIN_WHISTLES)
tests_unit_domain_whistle_walk_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_roster_build_test_SOURCES = tests/unit/domain/roster_build_test.c
tests_unit_domain_roster_build_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_slot_test_SOURCES = tests/unit/domain/slot_test.c
tests_unit_domain_slot_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_agenda_order_test_SOURCES = tests/unit/domain/agenda_order_test.c
tests_unit_domain_agenda_order_test_LDADD = $(DOMAIN_TEST_LIBS)
DOMAIN_TASKS = tests/unit/domain/tasks.c tests/unit/domain/tasks.h $(DOMAIN_MEETINGS)
tests_unit_domain_item_test_SOURCES = tests/unit/domain/item_test.c $(DOMAIN_TASKS)
tests_unit_domain_item_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_item_sit_test_SOURCES = tests/unit/domain/item_sit_test.c $(DOMAIN_TASKS)
tests_unit_domain_item_sit_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_action_test_SOURCES = tests/unit/domain/action_test.c $(DOMAIN_TASKS)
tests_unit_domain_action_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_action_press_test_SOURCES = tests/unit/domain/action_press_test.c $(DOMAIN_TASKS)
tests_unit_domain_action_press_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_nominee_test_SOURCES = tests/unit/domain/nominee_test.c $(DOMAIN_TASKS)
tests_unit_domain_nominee_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_action_stats_test_SOURCES = tests/unit/domain/action_stats_test.c $(DOMAIN_TASKS)
tests_unit_domain_action_stats_test_LDADD = $(DOMAIN_TEST_LIBS)
tests_unit_domain_task_conflicts_test_SOURCES = tests/unit/domain/task_conflicts_test.c $(DOMAIN_TASKS)
tests_unit_domain_task_conflicts_test_LDADD = $(DOMAIN_TEST_LIBS)
