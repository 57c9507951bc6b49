-- Grain: one row per ticket.
-- Datasets: service_tickets
-- Lineage: service_tickets (ticket_id)
-- Reach: month
-- What is still open when it falls due is not in time.
select
    tickets.dept as department_id,
    employees.team,
    tickets.agent_id as employee_id,
    cast(tickets.created_at as date) as created_on,
    cast(tickets.first_response_due as date) as response_due_on,
    cast(tickets.resolution_due as date) as resolution_due_on,
    tickets.ticket_id,
    tickets.type,
    coalesce(tickets.valid, true) as valid,
    coalesce(tickets.first_response_at <= tickets.first_response_due, false) as answered_in_time,
    coalesce(tickets.resolved_at <= tickets.resolution_due, false) as resolved_in_time,
    tickets.batch_id,
    tickets.sheet,
    tickets.row_number
from service_tickets as tickets
left join employees on tickets.agent_id = employees.emp_id
