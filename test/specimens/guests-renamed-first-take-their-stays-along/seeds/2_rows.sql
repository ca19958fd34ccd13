insert into guests (id, full_name, loyalty_no, language) values (1, 'Ines Prado', 'L-77', 'pt');
insert into stays (id, guest_id, room, arrived_on) values (1, 1, '12b', '2025-06-01');
